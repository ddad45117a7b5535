"""Mails that decide rows 6b, 7 and 8, as mail programs and gateways of an office make them, and what each comes to."""
