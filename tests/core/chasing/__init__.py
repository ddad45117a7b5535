"""Tests of `mailbot/core/chasing/`."""
