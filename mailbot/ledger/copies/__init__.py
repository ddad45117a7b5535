"""Copies of the ledger: made beside the work, proved to the last byte, and let go in their turn."""
