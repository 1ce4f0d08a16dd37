import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from encoders.home import Home
from encoders.vectors import Vectors
from indexer.painting import Painting
from tests.counting_backbone import CountingBackbone
from trainer.features.cache import Cache
from trainer.features.embedding import LOOK_BATCH, Looks, compute_looks, compute_texts

PAINTED = 100
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Pictures that differ, changed last an hour ago, as far as their files tell."""
    rng = np.random.default_rng(0)
    (tmp_path / "pictures").mkdir()
    files = [tmp_path / "pictures" / f"{number:02}.png" for number in range(PAINTED)]
    for file in files:
        Image.fromarray(rng.integers(0, 256, (5, 6, 3), np.uint8)).save(file)
        age(file)
    return files


@pytest.fixture
def cache(home: Home) -> Iterator[Cache]:
    with closing(Cache(home.cache, "look-1")) as cache:
        yield cache


def age(file: Path, seconds: int = 3600) -> None:
    changed = file.stat().st_mtime - seconds
    os.utime(file, (changed, changed))


def paintings_of(files: Sequence[Path]) -> list[Painting]:
    return [Painting(key=file.stem, path=file, title=file.stem) for file in files]


def looked(files: Sequence[Path], cache: Cache | None) -> tuple[int, Looks]:
    """How many pictures were embedded, and the looks."""
    backbone = CountingBackbone()
    looks = compute_looks(backbone, paintings_of(files), cache)
    return backbone.pictures, looks


def assert_same(ours: Looks, theirs: Looks) -> None:
    assert ours.vectors.tobytes() == theirs.vectors.tobytes()
    assert ours.rows.tolist() == theirs.rows.tolist()
    assert ours.skipped == theirs.skipped


def test_a_second_run_embeds_nothing_and_gets_the_same_looks_bit_for_bit(
    files: list[Path], cache: Cache, home: Home
) -> None:
    embedded, first = looked(files, cache)
    assert embedded == PAINTED
    cache.close()
    with closing(Cache(home.cache, "look-1")) as reopened:
        embedded, second = looked(files, reopened)
    assert embedded == 0
    assert_same(second, first)
    assert_same(looked(files, None)[1], first)


def test_only_what_changed_is_embedded_anew(files: list[Path], cache: Cache) -> None:
    _, first = looked(files, cache)
    Image.new("RGB", (5, 6), "red").save(files[7])
    embedded, second = looked(files, cache)
    assert embedded == 1
    changed = (first.vectors != second.vectors).any(axis=1)
    assert np.flatnonzero(changed).tolist() == [7]
    assert_same(second, looked(files, None)[1])


def test_renamed_and_copied_files_are_known_by_their_content(files: list[Path], cache: Cache) -> None:
    _, first = looked(files, cache)
    renamed = [file.rename(file.with_name(f"new-{file.name}")) for file in files]
    copied = Path(shutil.copy(renamed[3], renamed[3].with_name("copy.png")))
    embedded, second = looked([*renamed, copied], cache)
    assert embedded == 0
    np.testing.assert_array_equal(second.vectors, first.vectors[[*range(PAINTED), 3]])


def test_a_file_of_known_size_and_time_is_not_opened_again(files: list[Path], cache: Cache) -> None:
    _, first = looked(files, cache)
    state = files[0].stat()
    files[0].write_bytes(bytes(state.st_size))
    os.utime(files[0], ns=(state.st_atime_ns, state.st_mtime_ns))
    embedded, second = looked(files, cache)
    assert embedded == 0
    assert_same(second, first)


def test_a_file_that_was_written_a_moment_ago_is_opened_again(files: list[Path], cache: Cache) -> None:
    files[0].touch()
    looked(files, cache)
    state = files[0].stat()
    files[0].write_bytes(bytes(state.st_size))
    os.utime(files[0], ns=(state.st_atime_ns, state.st_mtime_ns))
    assert looked(files, cache)[1].rows.tolist() == list(range(1, PAINTED))


def test_backbones_share_nothing(files: list[Path], cache: Cache, home: Home) -> None:
    looked(files, cache)
    with closing(Cache(home.cache, "look-2")) as other:
        assert looked(files, other)[0] == PAINTED


def test_unreadable_pictures_are_named_every_time_and_embedded_once_they_can_be_read(
    files: list[Path], cache: Cache
) -> None:
    whole = files[2].read_bytes()
    files[2].write_bytes(whole[: len(whole) // 2])
    files[5].unlink()
    runs = [looked(files, cache) for _ in range(2)]
    assert [embedded for embedded, _ in runs] == [PAINTED - 2, 0]
    for _, looks in runs:
        assert [str(files[2]) in reason or str(files[5]) in reason for reason in looks.skipped] == [True] * 2
        assert looks.rows.tolist() == [row for row in range(PAINTED) if row not in (2, 5)]
    files[2].write_bytes(whole)
    assert looked(files, cache)[0] == 1


def test_a_picture_that_changes_while_it_is_read_is_not_kept(files: list[Path], cache: Cache) -> None:
    class Changing(CountingBackbone):
        def look(self, images: Sequence[Image.Image]) -> Vectors:
            Image.new("RGB", (5, 6), "red").save(files[0])
            return super().look(images)

    compute_looks(Changing(), paintings_of(files[:1]), cache)
    assert_same(looked(files[:1], cache)[1], looked(files[:1], None)[1])


KILLED_RUN = """
import os, signal, sys
from pathlib import Path
from tests.counting_backbone import CountingBackbone
from tests.unit.test_features import paintings_of
from trainer.features.cache import Cache
from trainer.features.embedding import LOOK_BATCH, compute_looks

class Killed(CountingBackbone):
    def look(self, images):
        if self.pictures == 2 * LOOK_BATCH:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().look(images)

files = sorted(Path(sys.argv[1]).iterdir())
compute_looks(Killed(), paintings_of(files), Cache(Path(sys.argv[2]), "look-1"))
"""


def test_after_kill_9_the_next_run_embeds_only_the_rest(files: list[Path], cache: Cache, home: Home) -> None:
    command = [sys.executable, "-c", KILLED_RUN, str(files[0].parent), str(home.cache)]
    run = subprocess.run(command, cwd=CHECKOUT, timeout=100, check=False)
    assert run.returncode == -9
    embedded, looks = looked(files, cache)
    assert embedded == PAINTED - 2 * LOOK_BATCH
    assert_same(looks, looked(files, None)[1])


def test_equal_texts_are_embedded_once_and_never_again(cache: Cache) -> None:
    texts = ["Grand.", "Dark.", "Grand.", "", "très beau"]
    first, second, uncached = CountingBackbone(), CountingBackbone(), CountingBackbone()
    vectors, rows = compute_texts(first, texts, cache)
    assert first.texts == ["Grand.", "Dark.", "", "très beau"]
    assert rows.tolist() == [0, 1, 0, 2, 3]
    again, rows = compute_texts(second, [*texts, "New."], cache)
    assert second.texts == ["New."]
    assert rows.tolist() == [0, 1, 0, 2, 3, 4]
    assert again[:4].tobytes() == vectors.tobytes()
    np.testing.assert_array_equal(compute_texts(uncached, [*texts, "New."])[0], again)


def test_looks_and_texts_of_one_content_are_told_apart(files: list[Path], cache: Cache) -> None:
    looked(files[:1], cache)
    backbone = CountingBackbone()
    files[0].write_text("Grand.")
    looked(files[:1], cache)
    compute_texts(backbone, ["Grand."], cache)
    assert backbone.texts == ["Grand."]


@pytest.mark.parametrize("kept", [True, False])
def test_nothing_to_embed_is_no_trouble(cache: Cache, kept: bool) -> None:
    backbone = CountingBackbone()
    looks = compute_looks(backbone, [], cache if kept else None)
    vectors, rows = compute_texts(backbone, [], cache if kept else None)
    assert (looks.vectors.shape, vectors.shape, len(rows)) == ((0, 8), (0, 5), 0)
