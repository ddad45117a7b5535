"""An edited draft as a value: what a stranger's Word file says, block by block."""
