"""What the board asks of the ledger beside what all ask: one statement a question, SQLite and PostgreSQL alike."""
