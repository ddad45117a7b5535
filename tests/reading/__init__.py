"""The mail side of reading: bytes -> Mail."""
