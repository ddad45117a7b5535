"""The rehearsal: an embedded mail server and invented staff, so that a whole cycle can be played on one machine."""
