"""What the status board has the clerk do: the letter that signs somebody in, and orders given there."""
