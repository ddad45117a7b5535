"""Tests of `mailbot/writing/values/`."""
