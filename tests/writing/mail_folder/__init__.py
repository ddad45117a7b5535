"""Tests of the folder for whoever has no mailbot."""
