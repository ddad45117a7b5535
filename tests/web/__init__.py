"""The status board: its pages as values and as HTML, and who sees what of them."""
