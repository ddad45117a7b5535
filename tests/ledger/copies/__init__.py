"""Tests of copies of the ledger."""
