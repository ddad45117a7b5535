"""Many offices in one folder: which there are, where each keeps its things, and how one process serves them all."""
