"""The configuration folder as a running office sees it: looked at twice, judged, taken, or held up for a word."""
