"""What an attached file is, by its content: kinds, containers, PDF text, personal data."""
