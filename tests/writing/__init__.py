"""Tests of the writing room: letters, cover letters, report, recap, archive."""
