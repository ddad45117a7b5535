"""Slips of writing: what the YAML parser stumbled over, signs that an office program puts in, pasted tables."""
