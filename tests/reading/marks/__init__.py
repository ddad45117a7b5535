"""The readers of files that come back with a draft."""
