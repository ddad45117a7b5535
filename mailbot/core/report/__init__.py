"""The figures of the report made of accepted forms (SOP row 5)."""
