"""Tests of `mailbot/core/procedure/`."""
