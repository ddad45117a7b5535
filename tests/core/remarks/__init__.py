"""Remarks on a draft."""
