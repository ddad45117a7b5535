"""Which cycle opens when: planned ones, recurring ones, what was missed, put off, called off or opened by mistake."""
