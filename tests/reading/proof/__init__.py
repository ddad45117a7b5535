"""Tests of `mailbot/reading/proof/`."""
