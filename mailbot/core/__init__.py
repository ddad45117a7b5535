"""The office's rules as pure values and functions: no clock, no disk, no database, no mail; standard library only."""
