"""Word files that people have edited: stamped, freed of tracked changes, marked with what is new."""
