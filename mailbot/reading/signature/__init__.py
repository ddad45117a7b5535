"""Bytes of a paper that came back (rows 7, 8) -> whether it is the document, whole, and whose signatures are in it."""
