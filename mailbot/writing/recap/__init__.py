"""The recap workbook for Sub Bagian Program (SOP row 5)."""
