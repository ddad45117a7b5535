"""What keeps the daemon running from outside (systemd): it hears that we are ready, at work, stopping."""
