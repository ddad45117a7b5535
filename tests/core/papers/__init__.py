"""Tests of what is known of signed papers."""
