"""A letter meant becomes a mail: its values, its template, its number, its bytes."""
