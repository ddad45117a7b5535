"""What the ledger holds of people: sealing it, finding it, and taking it out for good."""
