"""Numbers, signed papers, receipts: rows 7 and 8 without a clock or a disk."""
