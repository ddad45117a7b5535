"""A new ledger from mail alone: every mail is worked again in its time, and the letters that left bear witness."""
