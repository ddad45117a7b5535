"""Tests of what becomes of a paper that comes back signed, scanned or otherwise (rows 7 and 8)."""
