"""How what the servers show is written down."""
