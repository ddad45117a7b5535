"""Two offices in one PostgreSQL database: nothing of the one is read, changed or deleted by the other."""
