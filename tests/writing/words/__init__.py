"""Tests of `mailbot/writing/words/`."""
