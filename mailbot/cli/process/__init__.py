"""The daemon as a process of the machine: its log, its lock, and whoever keeps it running."""
