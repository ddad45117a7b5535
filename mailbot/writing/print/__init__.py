"""Printed pages of our own, as PDF: plain text, tables and separators, without any program beside (the hard copy)."""
