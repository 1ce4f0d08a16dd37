"""A new build out of the points of a finished one, without opening an image."""

from collections.abc import Callable
from contextlib import closing

from tqdm import tqdm

from encoders.encoder import Encoder
from encoders.home import Home
from indexer.making.new_build import Intake, begin
from indexer.shelves.builds import Build
from indexer.shelves.opening import open_build
from indexer.store.base import Point


def derive(
    donor: Build,
    encoder: Encoder,
    home: Home,
    change: Callable[[list[Point]], list[Point]],
    *,
    compare: bool = False,
) -> tuple[Build, Intake]:
    """Bring what `change` makes of each batch of a donor's points into a new build, still to be finished.

    `compare` says whether near-duplicates are looked for anew, among points that come without a mark.
    The donor is only read. A run that is killed leaves an unfinished build, as `moodseum index build` does.

    Raises:
        IndexFormatError, IndexNotFoundError: the donor's store cannot be read.
        OSError: the disk is full or not writable.
    """
    made = donor.manifest
    progress = tqdm(total=made.indexed, unit=" paintings", disable=None)
    with open_build(donor) as points, progress:
        build, store = begin(home, encoder, made.source, made.source_kind)
        with closing(store):
            intake = Intake(store)
            for batch in points.scan():
                intake.add(change(batch))
                progress.update(len(batch))
            if compare:
                progress.set_description_str("Comparing")
                intake.mark_duplicates()
            progress.set_description_str("Optimising")
            store.optimize()
    return build, intake
