"""Tests of `mailbot/core/forms/`."""
