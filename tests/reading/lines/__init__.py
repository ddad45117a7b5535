"""Tests of `mailbot/reading/lines/`."""
