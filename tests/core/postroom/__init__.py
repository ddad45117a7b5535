"""Tests of `mailbot/core/postroom/`."""
