"""Native Word charts: DrawingML parts with the workbook they were drawn from."""
