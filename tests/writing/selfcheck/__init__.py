"""Tests of `mailbot/writing/selfcheck/`."""
