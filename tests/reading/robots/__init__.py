"""Tests of `mailbot/reading/robots/`."""
