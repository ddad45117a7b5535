"""What is said to whoever sets an office up: what was seen as a code with its values, and its words in languages."""
