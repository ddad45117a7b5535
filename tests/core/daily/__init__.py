"""Tests of what Subbag Program is told once a day."""
