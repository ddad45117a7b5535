"""The walk: receive what came, work one mail, compile one draft, send one letter, look at the clock, close the archive."""
