"""What leaves in row 8 is made ready: cover letters that are to be signed, and numbers of letters (rows 2 and 8)."""
