"""Tests of `mailbot/writing/archive/`."""
