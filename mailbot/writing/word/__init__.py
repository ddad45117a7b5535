"""Word files from the office's templates, and their PDF copies."""
