"""Word files that people have edited."""
