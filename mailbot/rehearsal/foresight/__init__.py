"""What will be mailed, found out by letting mailbot itself work ahead of time: no server, no template, no document."""
