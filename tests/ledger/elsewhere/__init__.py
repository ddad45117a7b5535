"""Files that lie in an object store."""
