"""The offices beside one another in a folder, as each has written itself down in its own ledger."""
