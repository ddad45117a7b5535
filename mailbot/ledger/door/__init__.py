"""What the board's door keeps: links that were asked for, and who is signed in; of every secret the hash alone."""
