"""Tests of `mailbot.core.calendar`."""
