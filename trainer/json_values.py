"""Values as JSON can hold them."""

import math


def plain(value: object) -> object:
    """The same with lists for tuples and null for nan, which JSON has not."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value
