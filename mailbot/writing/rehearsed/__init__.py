"""The report of a rehearsal, which a Kasubbag reads and approves: as a page for a browser, and as PDF (all rows)."""
