"""Tests of `mailbot/writing/letters/`."""
