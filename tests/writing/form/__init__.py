"""Tests of forms: as they are sent out, filled from values, and returned with marks."""
