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


ASKING = in_turn("asking", 16)
"""Searches by words. Many more at a time would only take turns at the processors, each at a cost; much fewer
would leave new words, which are encoded together where they come together, too little company."""
SHOWING = in_turn("showing", 8)
LOOKING = in_turn("looking", 4)
"""Pictures that the model looks at; one at a time, while the next are read."""
