"""When the office works: its days and hours, deadlines counted in them, and how much of its time went by."""
