"""Tests of the report of a rehearsal, on a small one written down by hand."""
