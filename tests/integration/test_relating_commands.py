"""The commands that ask about paintings as they are typed, over a small real index."""

import json
from pathlib import Path

import pytest
from PIL import Image

from encoders.home import Home
from encoders.words.emotions import vocabulary
from indexer.painting import id_of
from search_api.schemas import (
    BlendSchema,
    ContrastSchema,
    FacetsAnswerSchema,
    MixtureSchema,
    MoreLikeSchema,
    Schema,
    SimilarSchema,
)
from search_api.schemas.explaining import ExplanationSchema
from search_api.schemas.works import on_this_machine
from tests.typed import Run, assert_refused


@pytest.fixture
def key(indexed: tuple[Home, Path]) -> str:
    """That of the picture."""
    picture = indexed[1]
    return f"{picture.parent.name}/{picture.stem}"


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A picture that was never indexed."""
    file = tmp_path / "mine.png"
    Image.new("RGB", (40, 30), "#336699").save(file)
    return file


def rows(out: str) -> list[list[str]]:
    return [line.split() for line in out.splitlines()[2:]]


def test_a_painting_may_be_named_by_id_key_or_file(run: Run, indexed: tuple[Home, Path], key: str) -> None:
    home, picture = indexed
    told = [
        run(home, "similar", name, "--top-k", "3") for name in (id_of(key), id_of(key)[:8], key, str(picture))
    ]
    assert {outcome.out for outcome in told} == {told[0].out}
    assert len(rows(told[0].out)) == 3
    assert {outcome.err.split(":")[0] for outcome in told} == {f"painting {id_of(key)[:8]}"}


def test_a_picture_that_was_never_indexed_may_be_asked_about(
    run: Run, indexed: tuple[Home, Path], stranger: Path
) -> None:
    for command in ("similar", "contrast", "emotions"):
        outcome = run(indexed[0], command, str(stranger))
        assert (outcome.code, len(rows(outcome.out))) == (0, 12)
        assert outcome.err.splitlines()[0] == f"picture {stranger}, which is not of the index"


@pytest.mark.parametrize(
    ("arguments", "schema"),
    [
        (["similar", "KEY", "--by", "feeling", "--style", "cubist"], SimilarSchema),
        (["contrast", "KEY", "--pool", "20", "--fold"], ContrastSchema),
        (["blend", "--painting", "KEY:0.5", "--word", "fear", "--word", "awe:-1"], BlendSchema),
        (["more-like", "--like", "KEY", "--word", "fear", "--year-from", "1810"], MoreLikeSchema),
        (["emotions", "KEY", "--word", "fear", "--word", "awe", "--rank", "percentile"], MixtureSchema),
        (["explain", "KEY", "fear"], ExplanationSchema),
        (["facets", "--without-style", "cubist"], FacetsAnswerSchema),
    ],
)
def test_json_is_in_the_schemas_of_the_http_api(
    run: Run, indexed: tuple[Home, Path], key: str, arguments: list[str], schema: type[Schema]
) -> None:
    typed = [argument.replace("KEY", key) for argument in arguments]
    outcome = run(indexed[0], *typed, "--json")
    assert outcome.code == 0
    assert on_this_machine(schema.model_validate_json(outcome.out)) == json.loads(outcome.out)


def test_filters_hold_for_paintings_as_for_texts(run: Run, indexed: tuple[Home, Path], key: str) -> None:
    answer = json.loads(run(indexed[0], "similar", key, "--style", "cubist", "--top-k", "50", "--json").out)
    assert {hit["style"] for hit in answer["hits"]} == {"Cubism"}
    answer = json.loads(run(indexed[0], "blend", "--word", "awe", "--without-style", "Cubism", "--json").out)
    assert "Cubism" not in {hit["style"] for hit in answer["hits"]}


@pytest.mark.parametrize(
    "arguments",
    [["similar", "KEY"], ["contrast", "KEY"], ["blend", "--word", "awe"], ["more-like", "--like", "KEY"]],
)
def test_where_a_filter_leaves_nothing_each_way_out_is_a_line(
    run: Run, indexed: tuple[Home, Path], key: str, arguments: list[str]
) -> None:
    typed = [argument.replace("KEY", key) for argument in arguments]
    outcome = run(indexed[0], *typed, "--style", "cubist", "--year-from", "3000")
    assert (outcome.code, outcome.out) == (0, "")
    said, offer = outcome.err.splitlines()[-2:]
    assert said == "No other painting passes these filters."
    assert offer.startswith("without years from 3000: ")


def test_weights_of_one_painting_add_up_however_it_is_named(
    run: Run, indexed: tuple[Home, Path], key: str
) -> None:
    named = ("--painting", f"{key}:0.25", "--painting", f"{id_of(key)[:8]}:0.5")
    answer = json.loads(run(indexed[0], "blend", *named, "--json").out)
    assert [(one["name"], one["weight"]) for one in answer["ingredients"]] == [("Picture 1", 0.75)]


def test_what_is_liked_is_left_out_of_what_is_more_like_it(
    run: Run, indexed: tuple[Home, Path], key: str
) -> None:
    other = id_of("Cubism/anna-example_picture-4-1804")
    outcome = run(indexed[0], "more-like", "--liked", key, "--disliked", other, "--top-k", "100")
    found = [row[1] for row in rows(outcome.out)]
    assert len(found) == 46
    assert not {id_of(key)[:8], other[:8]} & set(found)


def test_a_misspelt_feeling_is_shown_as_it_was_read(run: Run, indexed: tuple[Home, Path], key: str) -> None:
    home, picture = indexed
    liked = run(home, "more-like", "--like", key, "--word", "sernity")
    assert liked.err.splitlines()[0] == "like Picture 1, towards serenity"
    assert "with 'serenity'" in run(home, "explain", key, "sernity").out
    for arguments in (["score", str(picture), "sernity"], ["emotions", key, "--word", "sernity"]):
        assert rows(run(home, *arguments).out)[0][0] == "serenity"
    blended = json.loads(run(home, "blend", "--word", "sernity", "--json").out)
    assert blended["ingredients"] == [{"name": "serenity", "weight": 1.0}]


@pytest.mark.parametrize(
    "arguments",
    [["similar", "KEY"], ["contrast", "KEY"], ["blend", "--word", "awe"], ["more-like", "--like", "KEY"]],
)
def test_answers_of_paintings_are_saved_as_tables_and_as_sheets(
    run: Run, indexed: tuple[Home, Path], key: str, tmp_path: Path, arguments: list[str]
) -> None:
    typed = [argument.replace("KEY", key) for argument in arguments]
    sheet, table = tmp_path / "sheet.png", tmp_path / "table.jsonl"
    outcome = run(indexed[0], *typed, "--sheet", str(sheet), "--output", str(table))
    assert outcome.err.splitlines()[-2:] == [f"Saved {table}", f"Saved {sheet}"]
    saved = [json.loads(line) for line in table.read_text().splitlines()]
    assert [[str(row["rank"]), row["id"][:8]] for row in saved] == [row[:2] for row in rows(outcome.out)]
    with Image.open(sheet) as picture:
        assert picture.format == "PNG"


def test_a_mixture_shows_words_or_families_and_as_many_as_asked_for(
    run: Run, indexed: tuple[Home, Path], key: str
) -> None:
    words = run(indexed[0], "emotions", key, "--most", "5")
    assert words.out.splitlines()[0].split()[:3] == ["emotion", "coherence", "percentile"]
    assert len(rows(words.out)) == 5
    assert words.err.splitlines()[1].startswith("balance ")
    families = run(indexed[0], "emotions", key, "--families", "--rank", "percentile")
    assert families.out.splitlines()[0].split()[:2] == ["family", "valence"]
    asked = run(indexed[0], "emotions", key, "--word", "fear", "--word", "a sense of home")
    assert {row[0] for row in rows(asked.out)} == {"fear", "a"}


def test_all_words_are_saved_whatever_is_shown(
    run: Run, indexed: tuple[Home, Path], key: str, tmp_path: Path
) -> None:
    file = tmp_path / "emotions.jsonl"
    run(indexed[0], "emotions", key, "--most", "1", "--output", str(file))
    saved = [json.loads(line) for line in file.read_text().splitlines()]
    assert [row["rank"] for row in saved] == list(range(1, len(vocabulary()) + 1))
    assert {row["emotion"] for row in saved} == set(vocabulary())


def test_an_explanation_is_told_and_drawn(
    run: Run, indexed: tuple[Home, Path], key: str, stranger: Path, tmp_path: Path
) -> None:
    drawn = tmp_path / "why.png"
    outcome = run(indexed[0], "explain", key, "awe", "--picture", str(drawn))
    assert outcome.out.splitlines()[1].startswith("strongest region: ")
    assert outcome.err.endswith(f"Saved {drawn}\n")
    with Image.open(drawn) as picture:
        assert picture.format == "PNG"
    assert run(indexed[0], "explain", str(stranger), "awe", "--exact").code == 0


def test_styles_artists_and_genres_are_counted(run: Run, indexed: tuple[Home, Path]) -> None:
    assert rows(run(indexed[0], "facets", "--without-style", "Cubism").out) == [
        ["style", "Impressionism", "16"],
        ["style", "Ukiyo-e", "16"],
        ["artist", "Anna", "Example", "32"],
    ]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["similar", "no such"], ["no painting 'no such'", "from a search"]),
        (["contrast", "KEY", "--pool", "0"], ["pool of 0", "1 to 1000"]),
        (["similar", "KEY", "--style", "Cubismus"], ["no style 'Cubismus'", "Cubism"]),
        (["blend"], ["0 things", "1 to 100"]),
        (["blend", "--word", "awe:nan"], ["'awe'", "nan"]),
        (["blend", "--word", "awe:much"], ["weight 'much' of 'awe'", "such as 0.5"]),
        (["blend", "--word", "not sad"], ["'not sad' refuses a feeling", "'sad:-1'"]),
        (["more-like", "--word", "not sad"], ["'not sad' refuses a feeling", "such as 'sad'"]),
        (["emotions", "KEY", "--word", "not sad"], ["'not sad' refuses a feeling", "such as 'sad'"]),
        (["explain", "KEY", "not sad"], ["'not sad' refuses a feeling", "such as 'sad'"]),
        (["blend", "--painting", "mine.png"], ["no painting 'mine.png'"]),
        (["more-like"], ["Nothing was liked or disliked"]),
        (["more-like", "--word", "awe", "--by", "look"], ["A word has no look"]),
        (["facets", "--output", "out.png"], ["out.png", ".csv"]),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(
    run: Run, indexed: tuple[Home, Path], key: str, arguments: list[str], parts: list[str]
) -> None:
    outcome = run(indexed[0], *[argument.replace("KEY", key) for argument in arguments])
    told = f"painting {id_of(key)[:8]}: "
    kept = "".join(line for line in outcome.err.splitlines(keepends=True) if not line.startswith(told))
    assert_refused(type(outcome)(outcome.code, outcome.out, kept), *parts)


def test_a_file_that_is_no_picture_is_refused_by_name(run: Run, indexed: tuple[Home, Path]) -> None:
    outcome = run(indexed[0], "emotions", __file__)
    assert outcome.code == 1
    assert f"{__file__} is not an image" in outcome.err
