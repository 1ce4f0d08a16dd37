"""Removing builds that nobody needs any more."""

from dataclasses import dataclass

from indexer.errors import IndexNotFoundError
from indexer.shelves.shelf import Damaged, Shelf


@dataclass(frozen=True, slots=True)
class Superfluous:
    """The names of builds that are not needed, oldest first, and the damaged ones that stay all the same."""

    builds: tuple[str, ...]
    spared: tuple[Damaged, ...]


def superfluous(shelf: Shelf, *, damaged: bool = False) -> Superfluous:
    """All builds but the served one, the one before it, and those in use.

    What a killed run left unfinished is among them, though the next run would take it over. A damaged build
    is among them only if that is asked for: a newer Moodseum, or a hand, may still make it whole.

    Raises:
        IndexNotFoundError: there are builds and none of them is served, so all would be superfluous.
    """
    whole = [made.build for made in shelf.builds()]
    ruins = shelf.damaged()
    names = sorted([*whole, *(ruin.build for ruin in ruins)])
    pointer = shelf.pointer()
    if names and (pointer is None or pointer.build not in names):
        raise IndexNotFoundError(
            f"No build is served in {shelf.place}, so none would be kept; "
            f"serve one with `moodseum index promote{shelf.option}` first."
        )
    needed = {pointer.build, pointer.previous} if pointer else set()
    candidates = names if damaged else whole
    gone = [name for name in candidates if name not in needed and not shelf.standing(name).in_use]
    return Superfluous(tuple(gone), tuple(ruin for ruin in ruins if ruin.build not in gone))


def prune(shelf: Shelf, *, damaged: bool = False) -> Superfluous:
    """Remove the superfluous builds, and say which they were; raises as `superfluous` does."""
    found = superfluous(shelf, damaged=damaged)
    for name in found.builds:
        shelf.remove(name)
    shelf.tidy()
    return found
