"""Who may look at the board: signing in by mail, sessions, and what is refused at the door."""
