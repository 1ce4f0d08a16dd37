import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.painting import Painting
from trainer.annotations.annotations import Annotations, Side, Utterance
from trainer.dataset.join import join
from trainer.errors import AnnotationError


def painting(key: str) -> Painting:
    return Painting(key=key, path=Path(f"{key}.jpg"), title=key)


def annotations_of(*names: tuple[str, str]) -> Annotations:
    counts = np.arange(len(names) * 2).reshape(-1, 2)
    utterances = tuple(Utterance(row, 0, f"about {name}") for row, (_, name) in enumerate(names))
    return Annotations(("awe", "fear"), names, counts, utterances)


def found(annotated: tuple[str, str], *keys: str) -> list[str]:
    """The keys of the pictures that an annotation meets."""
    works, _ = join(annotations_of(annotated), map(painting, keys))
    return [work.key for work in works.paintings]


def test_votes_and_utterances_follow_their_painting_through_the_join() -> None:
    annotations = annotations_of(("Cubism", "gone"), ("Cubism", "a_b"), ("Rococo", "a_b"))
    annotated, report = join(annotations, map(painting, ["Rococo/a_b", "Cubism/a_b", "Cubism/new"]))
    assert [p.key for p in annotated.paintings] == ["Rococo/a_b", "Cubism/a_b"]
    assert annotated.counts.tolist() == [[4, 5], [2, 3]]
    assert annotated.viewers.tolist() == [9, 5]
    assert annotated.utterances == (Utterance(1, 0, "about a_b"), Utterance(0, 0, "about a_b"))
    assert (report.matched, report.unmatched, report.unannotated) == (2, ("Cubism/gone",), 1)


def test_the_report_counts_rows_and_names_the_first_ten_that_did_not_match() -> None:
    names = [("Cubism", f"a_{number}") for number in range(30)]
    annotations = Annotations(
        ("awe", "fear"), tuple(names), np.ones((30, 2), np.int64), (), rows=np.arange(30)
    )
    _, report = join(annotations, [painting(f"Cubism/a_{number}") for number in range(12, 30)])
    assert (report.matched_rows, report.unmatched_rows) == (369, 66)
    text = str(report)
    assert "18 annotated paintings found (369 rows matched, 66 did not)" in text
    assert "12 without a picture (first: Cubism/a_0, " in text
    assert "Cubism/a_9" in text
    assert "Cubism/a_10" not in text


def test_the_report_says_if_only_a_sample_of_the_utterances_was_read() -> None:
    annotations = annotations_of(("Cubism", "a_b"))
    _, report = join(annotations, [painting("Cubism/a_b")])
    assert (report.heard, report.kept) == (1, 1)
    assert "utterances" not in str(report)
    _, report = join(replace(annotations, heard=9_000_000), [painting("Cubism/a_b")])
    assert (report.heard, report.kept) == (9_000_000, 1)
    assert "1 of 9000000 utterances kept" in str(report)


def read_wrongly(encoding: str) -> Callable[[str], str]:
    """What a program shows that takes UTF-8 bytes for another encoding."""
    return lambda text: text.encode().decode(encoding)


def twice(damage: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: damage(damage(text))


NAME = "théodore-géricault_la-folle-monomane-du-jeu-münchen-1822"
DAMAGES: dict[str, Callable[[str], str]] = {
    "Latin-1": read_wrongly("latin-1"),
    "Latin-1, lower-cased": lambda name: read_wrongly("latin-1")(name).lower(),
    "cp866": read_wrongly("cp866"),
    "cp866 twice": twice(read_wrongly("cp866")),
    "cp437": read_wrongly("cp437"),
    "cp437 twice": twice(read_wrongly("cp437")),
    "escapes": lambda name: "".join(c if c.isascii() else f"#U{ord(c):04x}" for c in name),
    "NFD": lambda name: unicodedata.normalize("NFD", name),
    "Latin-1, lower-cased, NFD": lambda name: unicodedata.normalize(
        "NFD", read_wrongly("latin-1")(name).lower()
    ),
    "underscores for dashes": lambda name: name.replace("-", "_"),
    "dashes for underscores": lambda name: name.replace("_", "-"),
    "spaces": lambda name: name.replace("-", " ").replace("_", " "),
    "an image suffix": lambda name: f"{name}.JPG",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("where", ["picture", "annotation"])
def test_damaged_file_names_still_meet_their_votes(damage: str, where: str) -> None:
    damaged = DAMAGES[damage](NAME)
    on_disk, annotated = (damaged, NAME) if where == "picture" else (NAME, damaged)
    others = "Cubism/théodore-géricault_la-folle-1822", f"Realism/{NAME}"
    assert found(("Cubism", annotated), f"Cubism/{on_disk}", *others) == [f"Cubism/{on_disk}"]


def test_names_that_differ_in_where_their_words_end_stay_apart_whatever_joins_the_words() -> None:
    keys = ("Fauvism/raoul-dufy_the-wheat-field", "Fauvism/raoul-dufy_the-wheatfield")
    assert found(("Fauvism", "Raoul_Dufy_the_wheatfield"), *keys) == [keys[1]]
    assert found(("Fauvism", "raoul\N{EN DASH}dufy the wheat field"), *keys) == [keys[0]]


@pytest.mark.parametrize("style", ["Art_Nouveau", "Art_Nouveau_Modern", "Art Nouveau (Modern)"])
@pytest.mark.parametrize("folder", ["Art_Nouveau", "Art_Nouveau_Modern", "Art Nouveau (Modern)"])
def test_art_nouveau_has_several_names(style: str, folder: str) -> None:
    assert found((style, "a_b"), f"{folder}/a_b") == [f"{folder}/a_b"]


def test_names_without_ascii_letters_meet_only_themselves() -> None:
    pictures = [painting("Ukiyo_e/葛飾-北斎_凱風快晴"), painting("Ukiyo_e/歌川-広重_庄野")]
    annotations = annotations_of(("Ukiyo_e", "歌川-広重_庄野"), ("Ukiyo_e", "喜多川-歌麿_寛政三美人"))
    annotated, report = join(annotations, pictures)
    assert [work.key for work in annotated.paintings] == ["Ukiyo_e/歌川-広重_庄野"]
    assert report.unmatched == ("Ukiyo_e/喜多川-歌麿_寛政三美人",)


def test_two_spellings_of_one_painting_add_their_votes() -> None:
    annotations = annotations_of(("Cubism", "a_caf\u00e9"), ("Cubism", "a_caf\u00c3\u00a9"))
    annotated, report = join(annotations, [painting("Cubism/a_caf\u00e9")])
    assert annotated.counts.tolist() == [[2, 4]]
    assert [said.painting for said in annotated.utterances] == [0, 0]
    assert (report.matched, report.unannotated) == (1, 0)


def test_two_spellings_on_two_sides_of_a_split_go_to_the_one_that_is_further_from_training() -> None:
    sides = np.array([Side.TEST, Side.TRAIN], np.int8)
    names = (("Cubism", "a_caf\u00e9"), ("Cubism", "a_caf\u00c3\u00a9"))
    annotations = Annotations(("awe",), names, np.ones((2, 1), np.int64), (), sides=sides)
    annotated, _ = join(annotations, [painting("Cubism/a_caf\u00e9")])
    assert annotated.sides is not None
    assert annotated.sides.tolist() == [Side.TEST]


def test_raters_follow_their_painting_and_are_added_up() -> None:
    names = (("", "a_b"), ("", "a_c"), ("", "a_B"))
    annotations = Annotations(("awe",), names, np.ones((3, 1), np.int64), (), raters=np.array([10, 20, 40]))
    annotated, _ = join(annotations, map(painting, ["Cubism/a_c", "Cubism/a_b"]))
    assert annotated.viewers.tolist() == [20, 50]
    assert annotated.keep(np.array([1])).viewers.tolist() == [50]


@pytest.mark.parametrize(
    "name", ["émile-bernard_madeleine", "Ã©mile-bernard_madeleine", "mile_bernard_madeleine"]
)
def test_without_a_style_a_work_is_found_in_any_folder_and_of_several_in_the_first(name: str) -> None:
    keys = ("Cloisonnism/émile-bernard_madeleine", "Symbolism/émile-bernard_madeleine")
    assert found(("", name), *keys) == [keys[0]]


def test_without_a_folder_a_cameras_name_that_several_pictures_bear_decides_nothing() -> None:
    with pytest.raises(AnnotationError, match="Only 0 of the 1"):
        found(("", "IMG_1.jpg"), "rome/IMG_1.jpg", "oslo/IMG_1.jpg")
    assert found(("", "IMG_2.jpg"), "rome/IMG_1.jpg", "oslo/IMG_2.jpg") == ["oslo/IMG_2.jpg"]


@pytest.mark.parametrize(
    "folder", ["Cubism", "wikiart/Cubism", "/home/me/wikiart/Cubism", "C:\\pictures\\wikiart\\Cubism"]
)
def test_a_path_may_begin_above_the_pictures_folder(folder: str) -> None:
    assert found((folder, "a_b.jpg"), "Cubism/a_b", "Rococo/a_b") == ["Cubism/a_b"]


def test_pictures_that_differ_in_their_suffix_only_are_told_apart_by_it() -> None:
    keys = ("rome/a.jpg", "rome/a.png")
    assert found(("rome", "a.png"), *keys) == ["rome/a.png"]
    with pytest.raises(AnnotationError, match="Only 0 of the 1"):
        found(("rome", "a"), *keys)


def test_a_small_part_of_a_collection_may_use_the_annotations_of_all_of_it() -> None:
    annotations = annotations_of(*(("Cubism", f"a_{number}") for number in range(100)))
    annotated, _ = join(annotations, [painting("Cubism/a_7"), painting("Cubism/a_new")])
    assert len(annotated.paintings) == 1


def test_few_annotations_may_speak_of_a_large_collection() -> None:
    pictures = [painting(f"Cubism/a_{number}") for number in range(100)]
    assert len(join(annotations_of(("Cubism", "a_7"), ("Cubism", "gone")), pictures)[0].paintings) == 1


def half_strangers() -> tuple[Annotations, list[Painting]]:
    """Annotations and pictures of which 4 in 10 fit."""
    names = [("Cubism", f"a_{number}") for number in range(10)]
    return annotations_of(*names), [painting(f"Cubism/a_{number}") for number in range(6, 16)]


def test_a_join_of_less_than_half_of_either_stops_with_the_likely_cause() -> None:
    annotations, pictures = half_strangers()
    with pytest.raises(
        AnnotationError, match=r"Only 4 of the 10 .*'Cubism/a_0'.*another collection.*--partial"
    ):
        join(annotations, pictures)
    assert len(join(annotations, pictures, partial=True)[0].paintings) == 4


def test_names_that_fit_in_other_folders_are_recognised_as_the_cause() -> None:
    annotations = annotations_of(*(("Cubism", f"a-artist_{number}") for number in range(10)))
    pictures = [painting(f"train/a-artist_{number}") for number in range(10)]
    with pytest.raises(AnnotationError, match=r"names of 10 of them are there in other folders.*styles"):
        join(annotations, pictures)


@pytest.mark.parametrize("partial", [False, True])
def test_annotations_of_other_paintings_are_refused_with_an_example_of_each(partial: bool) -> None:
    with pytest.raises(AnnotationError, match=r"'Cubism/a_b'.*'holiday'"):
        join(annotations_of(("Cubism", "a_b")), [painting("holiday")], partial)
    with pytest.raises(AnnotationError, match="the first picture is 'nothing'"):
        join(annotations_of(("Cubism", "a_b")), [], partial)


@given(st.permutations(range(6)))
def test_keeping_rows_reorders_everything_alike(order: list[int]) -> None:
    names = tuple(("Style", f"p{number}") for number in range(6))
    annotated, _ = join(annotations_of(*names), [painting(f"Style/p{number}") for number in range(6)])
    kept = annotated.keep(np.array(order[:4]))
    for row, (work, votes) in enumerate(zip(kept.paintings, kept.counts, strict=True)):
        number = int(work.key[-1])
        assert votes.tolist() == [2 * number, 2 * number + 1]
        assert Utterance(row, 0, f"about p{number}") in kept.utterances
    assert len(kept.utterances) == 4
