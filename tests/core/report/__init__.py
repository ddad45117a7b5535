"""Tests of `mailbot/core/report/`."""
