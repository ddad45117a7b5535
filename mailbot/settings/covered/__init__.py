"""What belongs to a configuration beside its five files: files that they name, own templates, `.env`."""
