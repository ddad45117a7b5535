"""Files that are held back for numbers like a NIK: who hears of them, and what becomes of them (UU 27/2022)."""
