"""Tests of `mailbot/writing/report/`."""
