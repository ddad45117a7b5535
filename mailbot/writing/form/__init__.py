"""The form isian as a workbook, made for one unit and cycle."""
