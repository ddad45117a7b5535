"""`mailbot web` and what belongs to it: the board's process beside the daemon, and the bell between the two."""
