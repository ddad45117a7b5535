"""Tests of mailbot/core: pure facts in, outcomes out, on a small office made by hand."""
