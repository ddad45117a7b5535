"""What makes mailbot move: the heart by itself, and the daemon as a process of its own."""
