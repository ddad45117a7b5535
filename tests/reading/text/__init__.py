"""Tests of `mailbot/reading/text/`."""
