"""A configuration that lives: what an edit of the YAML changes for whom, what waits for a word, and who is told."""
