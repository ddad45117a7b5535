"""Cycles begin and end by other ways than their rows: opened on their day, missed, put off, called off, cancelled."""
