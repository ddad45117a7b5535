"""A matter as one folder for whoever has no mailbot: every mail, what hung on it, and the papers."""
