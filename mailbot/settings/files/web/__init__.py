"""The part of `office.yaml` about what is opened in a browser."""
