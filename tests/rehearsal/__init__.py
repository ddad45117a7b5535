"""The rehearsal: its server, its staff, its clock."""
