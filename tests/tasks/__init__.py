"""Tests of the units of work as tasks; `python -m tests.tasks` plays every story through them."""
