"""What can keep a database from being used, and what helps."""
