"""A filled form read from a workbook of any kind, in a process of its own with limits."""
