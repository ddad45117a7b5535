"""Files that come back with a draft as values: comments, tracked changes, annotations, photographs (rows 6b and 7)."""
