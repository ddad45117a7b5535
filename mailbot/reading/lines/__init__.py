"""A form answered in the lines of a mail."""
