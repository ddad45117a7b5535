"""Tests of `mailbot/core/language/`."""
