"""An edited draft held against what the data say today, and against the version before."""
