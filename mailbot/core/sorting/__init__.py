"""A mail becomes facts: ordered questions on what it is, whose it is, which letter it answers (walk, step 5)."""
