"""Edited drafts against the data and against the version before."""
