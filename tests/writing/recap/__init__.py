"""Tests of `mailbot/writing/recap/`."""
