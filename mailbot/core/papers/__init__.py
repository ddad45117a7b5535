"""Papers that are signed: what makes them count, and what was found in one that came back (rows 7 and 8)."""
