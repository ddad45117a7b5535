"""Real servers for the tests: Postfix, Dovecot and PostgreSQL from a private folder, on loopback, and stopped."""
