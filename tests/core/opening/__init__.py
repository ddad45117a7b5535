"""Tests of `mailbot/core/opening/`."""
