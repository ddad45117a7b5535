"""Real servers for the tests: Postfix, Dovecot and PostgreSQL from a private folder, on loopback, and stopped.

Whose clock counts: the servers go by the machine's, and stamp a mail with it (INTERNALDATE); mailbot and everybody at a
mail program go by one set by hand, on days that lie before the machine's. A mail is received at the server's moment and
never later than the look that finds it, so here it counts as received at the played moment of that look. No clock of a
server is set, and no mail is appended with a date; a machine whose clock lies before the played days is refused.
"""
