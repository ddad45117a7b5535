"""The board's door: signing in, sessions, what guards it; and every attack that is named in the book."""
