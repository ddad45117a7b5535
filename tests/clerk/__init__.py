"""What the clerk does with ledger and post, one file a step of the walk."""
