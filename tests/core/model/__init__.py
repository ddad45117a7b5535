"""Tests of `mailbot/core/model/`."""
