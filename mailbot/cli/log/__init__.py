"""What the daemon tells of its work: a line for each decision, in office time, with nothing of what people wrote."""
