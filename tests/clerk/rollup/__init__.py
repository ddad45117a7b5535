"""Tests of an office among others."""
