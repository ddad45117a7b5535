"""Values -> bytes: letters, forms, the report, the recap, the archive; the only room that opens `templates/`."""
