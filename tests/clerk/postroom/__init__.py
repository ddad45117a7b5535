"""Tests of `mailbot/clerk/postroom/`."""
