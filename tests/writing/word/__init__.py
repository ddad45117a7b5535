"""Tests of `mailbot/writing/word/`."""
