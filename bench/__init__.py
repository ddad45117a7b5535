"""Benchmarks: each job done by mailbot and by the plain way, side by side, as ratios of one run."""
