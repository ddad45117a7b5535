"""The rows of the SOP: how each begins, goes on and ends, and to whom its letters go."""
