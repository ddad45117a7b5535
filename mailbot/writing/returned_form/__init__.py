"""The sender's own workbook with its faults marked in the cells (SOP row 4)."""
