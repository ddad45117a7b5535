"""Tests of the offices of a folder as they stand beside each other."""
