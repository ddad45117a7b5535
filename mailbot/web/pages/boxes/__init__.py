"""Pages of inbox and outbox: their lists, one mail, one letter, and what is read of either."""
