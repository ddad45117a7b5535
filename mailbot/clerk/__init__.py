"""The walk: receive, work one mail, compile one draft, send one letter, look at the clock, archive."""
