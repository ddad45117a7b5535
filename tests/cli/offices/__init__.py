"""Many offices in one folder, from the outside."""
