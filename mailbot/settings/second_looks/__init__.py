"""What stands in a file, is allowed, and was hardly meant: each with its line, for `check` to show."""
