"""How long what is kept of people is kept, kind by kind."""
