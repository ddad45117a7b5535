"""How what the servers show is written down, and how much came and left is counted."""
