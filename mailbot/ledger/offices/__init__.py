"""Many offices in one PostgreSQL database: every row with its office, and every connection serving one at a time."""
