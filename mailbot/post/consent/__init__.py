"""How whoever owns a mailbox consents to its use: in a browser, or by a code typed into one anywhere."""
