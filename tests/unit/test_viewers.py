import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoders.home import Home
from indexer.errors import IndexFormatError
from indexer.viewers import NOBODY, Utterance, Viewers, Voices, save_viewers

CALM = Voices(
    {"contentment": 4, "awe": 1},
    (Utterance("contentment", "The sea is still."), Utterance("awe", "So wide; \"endless\", even.")),
)  # fmt: skip
TICKED = Voices({"love": 9, "fear": 3}, viewers=10)


def test_what_was_said_of_a_painting_comes_back_in_its_order(home: Home) -> None:
    viewers = save_viewers(home, [("one", CALM), ("other", TICKED)])
    assert viewers.of("one") == CALM
    assert list(viewers.of("one").votes) == ["contentment", "awe"]
    assert viewers.of("other") == TICKED
    assert viewers.count() == 2


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 2**62), max_size=4
    ),
    st.lists(st.builds(Utterance, st.text(max_size=5), st.text()), max_size=4),
)  # fmt: skip
@settings(max_examples=30)  # each writes a file through to the disk
def test_any_votes_and_sentences_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, votes: dict[str, int], said: list[Utterance]
) -> None:
    home = Home(tmp_path_factory.mktemp("home"))
    voices = Voices(votes, tuple(said))
    assert save_viewers(home, [("it", voices)]).of("it") == voices


def test_who_was_asked_is_who_voted_unless_it_was_told(home: Home) -> None:
    assert (CALM.asked, TICKED.asked, NOBODY.asked) == (5, 10, 0)


def test_a_home_without_viewers_knows_nobody_and_is_not_created(home: Home) -> None:
    assert Viewers.open(home).of("one") == NOBODY
    assert Viewers.open(home).count() == 0
    assert not home.path.exists()


def test_a_painting_that_nobody_saw_has_no_voices(home: Home) -> None:
    assert save_viewers(home, [("one", CALM)]).of("other") == NOBODY


def test_what_is_written_anew_is_read_at_once_and_replaces_all(home: Home) -> None:
    viewers = save_viewers(home, [("one", CALM)])
    save_viewers(home, [("other", TICKED)])
    assert (viewers.of("one"), viewers.of("other")) == (NOBODY, TICKED)


def test_a_failure_while_writing_leaves_the_old_file_alone(home: Home) -> None:
    viewers = save_viewers(home, [("one", CALM)])
    with pytest.raises(ValueError, match="twice"):
        save_viewers(home, [("other", TICKED), ("other", TICKED)])
    assert viewers.of("one") == CALM
    assert list(home.path.iterdir()) == [viewers.path]


def test_many_threads_read_the_same(home: Home) -> None:
    viewers = save_viewers(home, [(str(number), CALM) for number in range(20)])
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda number: viewers.of(str(number % 20)), range(200)))
    assert all(voices == CALM for voices in found)


def test_a_damaged_file_is_refused_with_the_command_that_mends_it(home: Home) -> None:
    viewers = save_viewers(home, [("one", CALM)])
    viewers.path.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(IndexFormatError, match="moodseum index annotate") as refusal:
        viewers.of("one")
    assert str(viewers.path) in str(refusal.value)


def test_a_file_of_a_newer_moodseum_is_refused(home: Home) -> None:
    viewers = save_viewers(home, [("one", CALM)])
    with sqlite3.connect(viewers.path) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    with pytest.raises(IndexFormatError, match="has format 99 and this Moodseum reads 1"):
        viewers.of("one")
