"""The archive of a closed cycle, and the proof that it is unchanged (SOP row 8)."""
