"""Whole cycles in an office's terms."""
