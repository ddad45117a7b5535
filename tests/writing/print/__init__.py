"""Tests of `mailbot/writing/print/`."""
