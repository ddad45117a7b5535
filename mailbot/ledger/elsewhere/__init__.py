"""Kept files whose bytes lie in an object store: read from there, carried there and back, and taken away there."""
