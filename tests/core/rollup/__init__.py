"""Tests of what a city sees of its offices."""
