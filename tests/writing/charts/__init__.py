"""Tests of native Word charts."""
