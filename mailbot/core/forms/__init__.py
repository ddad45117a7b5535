"""A form that came: its checks, its judgement, its conflicts, what is asked about it (SOP rows 3 and 4)."""
