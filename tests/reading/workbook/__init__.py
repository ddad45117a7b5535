"""Tests of forms as they come back: numbers, cells, cases as people send them, and the reader's own process."""
