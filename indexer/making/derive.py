"""A new build out of the points of a finished one, without opening an image."""

from collections.abc import Callable
from contextlib import ExitStack

from tqdm import tqdm

from encoders.encoder import Encoder
from indexer.making.new_build import Intake, begin
from indexer.shelves.manifest import Manifest
from indexer.shelves.shelf import Shelf
from indexer.shelves.wholeness import check_whole
from indexer.store.base import Point


def derive(
    donor: Manifest,
    encoder: Encoder,
    shelf: Shelf,
    change: Callable[[list[Point]], list[Point]],
    *,
    compare: bool = False,
) -> tuple[Manifest, Intake]:
    """Bring what `change` makes of each batch of a donor's points into a new build, still to be finished.

    `compare` says whether near-duplicates are looked for anew, among points that come without a mark.
    The donor is only read. What a killed run leaves is removed by the next that makes a build.

    Raises:
        IndexFormatError, IndexNotFoundError: the donor's store cannot be read, or has lost points.
        OSError: the disk is full or not writable.
    """
    with ExitStack() as stack:
        points = stack.enter_context(shelf.open(donor.build))
        check_whole(points, donor, shelf)
        beginning = begin(
            shelf,
            encoder,
            donor.source,
            donor.source_kind,
            quantization=donor.quantization,
            donor=donor.build,
        )
        made, store = stack.enter_context(beginning)
        progress = stack.enter_context(tqdm(total=donor.indexed, unit=" paintings", disable=None))
        intake = Intake(store)
        for batch in points.scan():
            intake.add(change(batch))
            progress.update(len(batch))
        intake.complete(progress, compare=compare)
    return made, intake
