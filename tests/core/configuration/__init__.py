"""Tests of mailbot/core/configuration."""
