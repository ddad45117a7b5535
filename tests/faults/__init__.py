"""Faults of the world, injected: cut wires, killed daemons, full disks, wrong clocks, old backups (docs/faults.md)."""
