"""The values that letters, recap and report print, made of a cycle."""
