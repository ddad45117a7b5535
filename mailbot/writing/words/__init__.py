"""The sentences of `templates/` that are no letters: phrases, faults, file names."""
