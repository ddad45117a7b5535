"""Tests of `mailbot/writing/plan/`."""
