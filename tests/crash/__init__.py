"""A story killed at every seam: the same end, at most one repeat a crash, nothing sent undecided."""
