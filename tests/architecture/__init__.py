"""Tests that hold the house rules: floors, sizes, words, locks."""
