"""One mailbox that several offices share: each mail is laid beside what all of them know, and shown to one at most."""
