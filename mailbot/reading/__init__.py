"""Bytes -> values: what a mail, its files and a returned form say, without any judgement about the cycle."""
