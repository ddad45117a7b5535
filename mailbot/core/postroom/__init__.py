"""Whose mail it is that came to a mailbox which several offices share."""
