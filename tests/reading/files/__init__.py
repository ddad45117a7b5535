"""Tests of `mailbot/reading/files/`."""
