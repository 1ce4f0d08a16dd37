"""Numbers as commands tell them."""


def paintings(count: int) -> str:
    """Such as "1 painting" or "80,031 paintings"."""
    return f"{count:,} painting{'' if count == 1 else 's'}"
