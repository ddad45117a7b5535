"""Commands about personal data: what is kept of people, for how long, and what went out of hand."""
