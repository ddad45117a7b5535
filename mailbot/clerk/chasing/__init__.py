"""What the ledger knows of reminders: who had one today, what waits to leave and whether it says what holds."""
