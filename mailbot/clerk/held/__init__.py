"""Mails that are held back for numbers like a NIK: sealing those of before, and what Subbag Program says of one."""
