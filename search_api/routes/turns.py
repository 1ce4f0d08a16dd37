"""Taking turns at what is slow, so that quick questions always find a free worker thread."""

from asyncio import Semaphore
from collections.abc import AsyncIterator

from fastapi import Depends, Request, params


def in_turn(kind: str, at_once: int) -> params.Depends:
    """For routes of which only so many requests are worked on at once.

    The others wait where waiting costs no thread, of which there are forty.
    """

    async def take_turn(request: Request) -> AsyncIterator[None]:
        turns: dict[str, Semaphore] = request.app.state.turns
        async with turns.setdefault(kind, Semaphore(at_once)):
            yield

    dependency: params.Depends = Depends(take_turn)
    return dependency


ASKING = in_turn("asking", 8)
"""Searches by words. New words that come together are encoded together, so it is more than there are
processors; many more at a time would keep each other from working rather than get done."""
SHOWING = in_turn("showing", 8)
LOOKING = in_turn("looking", 4)
"""Pictures that the model looks at; one at a time, while the next are read."""
