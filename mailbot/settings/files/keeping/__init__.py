"""`office.yaml`, the parts about where kept files lie."""
