"""Closed lists of codes that every other room of the core may use: kinds of letter, reasons, alarms (rows 1 to 8)."""
