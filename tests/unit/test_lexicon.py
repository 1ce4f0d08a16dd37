from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.annotations.lexicon import Lexicon, are_opposed, opposed, read_lexicon
from trainer.errors import LexiconError

V1 = "Word\tValence\tArousal\tDominance\n"
V2 = "term\tvalence\tarousal\tdominance\n"
WORDS = {"joy": 0.9, "calm": 0.4, "table": 0.1, "gloom": -0.5, "horror": -0.9}

words = st.text(st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=12).map(str.lower)
cells = st.sampled_from(["0.5", "1", "0", "-0.5", "-1", "+.25", "7", "0.5x", ""])
any_rows = st.lists(st.tuples(st.sampled_from(["a", "B  c", "\u00e9", "\ufeffd", "e\r", " ", ""]), cells))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "NRC-VAD-Lexicon.txt"


def read(file: Path, content: str | bytes) -> Lexicon:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_lexicon(file)


def valences(file: Path, content: str | bytes) -> dict[str, float]:
    return dict(read(file, content).valence)


def rows(**scores: object) -> str:
    return "".join(f"{word}\t{score}\t0.5\t0.5\n" for word, score in scores.items())


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon("some.txt", digest="0" * 64, valence=WORDS)


def test_a_scale_from_0_to_1_is_brought_to_minus_1_to_1(file: Path) -> None:
    read_back = valences(file, V1 + rows(joy=1, table=0.5, gloom=0.25, horror=0))
    assert read_back == {"joy": 1.0, "table": 0.0, "gloom": -0.5, "horror": -1.0}


@pytest.mark.parametrize("header", [V1, V2])
def test_a_scale_from_minus_1_to_1_stays(file: Path, header: str) -> None:
    read_back = valences(file, header + rows(joy="0.98", table=".1", horror="-1.000"))
    assert read_back == {"joy": 0.98, "table": 0.1, "horror": -1.0}


def test_columns_are_found_by_name_in_any_order(file: Path) -> None:
    content = "Dominance\tVALENCE\tTerm\r\n0.1\t-0.5\tgloom\r\n0.2\t0.5\tjoy\r\n"
    assert valences(file, content) == {"gloom": -0.5, "joy": 0.5}


def test_a_file_of_valences_alone_will_do(file: Path) -> None:
    assert valences(file, "term\tvalence\njoy\t0.5\ngloom\t-0.5\n") == {"joy": 0.5, "gloom": -0.5}


def test_a_copy_without_a_header_has_its_columns_in_their_order(file: Path) -> None:
    assert valences(file, rows(joy=1, gloom=0.25)) == {"joy": 1.0, "gloom": -0.5}


def test_a_byte_order_mark_a_blank_line_and_latin_1_do_no_harm(file: Path) -> None:
    content = b"\xef\xbb\xbf" + V2.encode() + b"\ncaf\xe9\t0.5\t0\t0\n" + "élan\t-0.5\t0\t0".encode()
    lexicon = read(file, content)
    assert (dict(lexicon.valence), lexicon.skipped) == ({"café": 0.5, "élan": -0.5}, 0)


def test_words_are_found_in_any_case_and_of_two_the_first_counts(file: Path) -> None:
    lexicon = read(file, V2 + "Broken  Heart\t-0.75\t0\t0\n" + rows(joy=0.5, Joy=0.75))
    assert lexicon.valence_of(" broken heart") == -0.75
    assert lexicon.valence_of("JOY") == 0.5
    assert lexicon.valence_of("table") is None


@pytest.mark.parametrize(
    "damage",
    ["0.5O", "O.5", "0.4_7", "0,5", "", "nan", "inf", "1.01", "-1.01", "1e999", "\N{FULLWIDTH DIGIT ONE}"],
)
def test_a_number_with_stray_characters_or_out_of_range_is_skipped_and_counted(
    file: Path, damage: str
) -> None:
    lexicon = read(file, V2 + rows(joy=0.5, gloom=-0.5, table=damage))
    assert dict(lexicon.valence) == {"joy": 0.5, "gloom": -0.5}
    assert lexicon.skipped == 1


def test_short_rows_and_rows_without_a_word_are_skipped_and_counted(file: Path) -> None:
    lexicon = read(file, V2 + rows(joy=0.5, gloom=-0.5, calm=0.25) + "table\n\t0.5\t0\t0\n")
    assert (len(lexicon.valence), lexicon.skipped) == (3, 2)


def test_one_stray_minus_does_not_change_the_scale(file: Path) -> None:
    many = {f"word{number}": 0.75 for number in range(200)}
    lexicon = read(file, V1 + rows(**many, stray=-0.5))
    assert lexicon.valence_of("word7") == 0.5
    assert (lexicon.valence_of("stray"), lexicon.skipped) == (None, 1)


def test_the_digest_is_of_the_files_bytes(file: Path) -> None:
    # as told by: printf 'term\tvalence\njoy\t1\n' | sha256sum
    expected = "f963e327641a3a1c9bab0e006b8bb3b90412278f9f2e72e09636ba2a14a36671"
    assert read(file, "term\tvalence\njoy\t1\n").digest == expected


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "begins with ''"),
        (V2, "in 0 of 0 rows"),
        ("word,valence\njoy,0.5\n", "begins with 'word,valence'"),
        ("Word\tArousal\njoy\t0.5\n", "begins with"),
        ("joy\t0.5\ngloom\t-0.5\n", "begins with 'joy"),
        (V2 + rows(joy=5, table=3, gloom=1), "a number from -1 to 1 in 1 of 3 rows"),
        (V2 + rows(joy="much"), "a number from -1 to 1 in 0 of 1 rows"),
        (V1.encode("utf-16"), "begins with"),
        (b"\x00\xff" * 50_000, "begins with"),
    ],
)
def test_what_is_no_lexicon_is_refused_with_the_way_out(file: Path, content: str | bytes, part: str) -> None:
    with pytest.raises(LexiconError) as refused:
        read(file, content)
    message = str(refused.value)
    assert part in message
    assert str(file) in message
    assert "give NRC-VAD's main file" in message
    assert "\n" not in message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for place in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(LexiconError, match="cannot be read"):
            read_lexicon(place)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scores=st.dictionaries(words, st.integers(-1000, 1000).map(lambda n: n / 1000), max_size=30))
def test_what_is_written_on_the_bipolar_scale_is_read_back(file: Path, scores: dict[str, float]) -> None:
    scores = {**scores, "horror": -0.9, "joy": 0.9}
    assert valences(file, V2 + rows(**scores)) == scores


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=any_rows, header=st.sampled_from(["", V1, V2]))
def test_any_rows_give_clean_words_with_valences_in_range_or_an_error(
    file: Path, entries: list[tuple[str, str]], header: str
) -> None:
    try:
        lexicon = read(file, header + "".join(f"{word}\t{cell}\t0\t0\n" for word, cell in entries))
    except LexiconError:
        return
    assert 0 <= lexicon.skipped < len(lexicon.valence)
    assert all(-1 <= valence <= 1 for valence in lexicon.valence.values())
    assert all(word == " ".join(word.split()).lower() != "" for word in lexicon.valence)


def test_words_of_opposite_valence_are_paired_where_both_are_clear(lexicon: Lexicon) -> None:
    assert lexicon.opposed(["joy", "horror", "table", "unknown", "gloom"]) == ((0, 1), (0, 4))
    assert lexicon.opposed(["joy", "horror", "table", "unknown", "gloom"], least=0.6) == ((0, 1),)
    assert lexicon.opposed(["table", "gloom"], least=0.1) == ((0, 1),)
    assert lexicon.opposed([]) == ()


def test_without_a_lexicon_the_vocabulary_tells_opposites_apart() -> None:
    assert opposed(["serenity", "dread", "surprise", "purple", "bliss"]) == ((0, 1), (1, 4))
    assert are_opposed("serene", "dread") is True
    assert are_opposed("serene", "bliss") is False
    assert are_opposed("serene", "surprise") is False
    assert are_opposed("serene", "purple") is None


def test_a_lexicon_goes_before_the_vocabulary_which_fills_its_gaps() -> None:
    odd = Lexicon("odd.txt", digest="", valence={"joy": -0.9, "purple": 0.9, "dread": 0.0})
    assert are_opposed("joy", "purple", odd) is True
    assert are_opposed("joy", "dread", odd) is False
    assert are_opposed("joy", "serenity", odd) is True
    assert are_opposed("purple", "rhubarb", odd) is None
    assert opposed(["joy", "purple", "serenity", "dread"], odd) == ((0, 1), (0, 2))
