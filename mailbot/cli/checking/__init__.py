"""What `check` looks at beyond the files: the servers themselves, and the cycles under way."""
