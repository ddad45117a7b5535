"""Tests of `mailbot/core/sorting/`."""
