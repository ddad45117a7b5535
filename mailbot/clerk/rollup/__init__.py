"""An office among others: the figures that it writes of itself, and what is told of all of them together."""
