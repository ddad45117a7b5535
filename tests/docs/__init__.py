"""The pages of docs/ that are made from the source, and the tests that hold every page to it."""
