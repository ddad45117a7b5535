"""The configuration as it lives: what is in force, what waits for the operator, and what is told when one counts."""
