"""What a person with authority says: verdicts and commands, and what follows from each (SOP rows 4 to 8)."""
