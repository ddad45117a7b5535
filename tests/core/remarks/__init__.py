"""Remarks on a draft, and what becomes of them."""
