"""Why a painting answers to a word: its regions, its features, and how a claim about them is checked."""
