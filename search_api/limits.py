"""How much may be asked for at once."""

TOP_K = 12
"""Hits of a search that does not say how many."""
MOST_HITS = 1000
MOST_WORDS = 100
MOST_SEARCHES = 100
