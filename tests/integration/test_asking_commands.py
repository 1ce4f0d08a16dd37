"""`moodseum search`, `score`, `serve` and `info` as they are typed, over a small real index."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image

from encoders.home import Home
from indexer.shelves.folder import POINTER, FolderShelf
from search_api.http.listening import listen
from search_api.schemas import SearchSchema
from search_api.searcher import open_searcher
from tests.typed import Run, assert_refused


@pytest.fixture
def bereft(indexed: tuple[Home, Path], tmp_path: Path) -> Home:
    """A home with the same model, whose served build was deleted by hand."""
    home = Home(tmp_path / "bereft")
    home.index.mkdir(parents=True)
    home.models.symlink_to(indexed[0].models)
    shutil.copy(indexed[0].index / POINTER, home.index)
    return home


def test_a_search_prints_a_table_and_says_apart_what_it_understood(
    run: Run, indexed: tuple[Home, Path]
) -> None:
    outcome = run(indexed[0], "search", "sad", "cubist pictures", "--top-k", "3")
    heading, _, *rows = outcome.out.rstrip().splitlines()
    assert heading.split()[:5] == ["#", "painting", "title", "artist", "style"]
    assert heading.split()[5:] == ["coherence", "percentile", "in", "style"]
    assert [row.split()[0] for row in rows] == ["1", "2", "3"]
    assert all("Anna Example" in row and "Cubism" in row for row in rows)
    assert outcome.err.splitlines()[0] == "feeling: sad | style: Cubism | ignored: pictures"
    assert "\x1b" not in outcome.out


def test_the_json_of_a_search_is_the_api_schema_alone_on_stdout(run: Run, indexed: tuple[Home, Path]) -> None:
    outcome = run(indexed[0], "search", "sad", "--style", "cubist", "--year-from", "1810", "--json")
    answer = json.loads(outcome.out)
    assert list(answer) == list(SearchSchema.model_fields)
    assert answer["query"]["filters"] == {"style": ["Cubism"], "year_from": 1810}
    assert all(hit["year"] >= 1810 for hit in answer["hits"])
    assert all(Path(hit["path"]).is_file() for hit in answer["hits"])
    assert outcome.err == ""


def test_a_search_that_nothing_passes_says_so_and_succeeds(run: Run, indexed: tuple[Home, Path]) -> None:
    outcome = run(indexed[0], "search", "sad", "--year-to", "1000")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.splitlines()[1:] == [
        "No painting passes these filters.",
        "without years until 1000: 48 paintings",
    ]


def test_pages_go_on_where_the_last_one_ended(run: Run, indexed: tuple[Home, Path]) -> None:
    both = run(indexed[0], "search", "sad", "--top-k", "6").out.splitlines()[2:]
    first = run(indexed[0], "search", "sad", "--top-k", "3")
    assert first.err.splitlines()[-1].startswith("There are more: repeat the command with --cursor ")
    second = run(indexed[0], "search", "sad", "--top-k", "3", "--cursor", first.err.split()[-1])
    rows = [*first.out.splitlines()[2:], *second.out.splitlines()[2:]]
    assert [row.split()[:2] for row in rows] == [row.split()[:2] for row in both]
    [row, *_] = json.loads(
        run(indexed[0], "search", "sad", "--top-k", "3", "--cursor", first.err.split()[-1], "--json").out
    )["hits"]
    assert both[3].split()[1] == row["id"][:8]


def test_counts_stand_below_the_hits_where_they_are_asked_for(run: Run, indexed: tuple[Home, Path]) -> None:
    out = run(indexed[0], "search", "sad", "--top-k", "1", "--facets").out
    assert [line.split() for line in out.splitlines()[-4:]] == [
        ["style", "Cubism", "16"],
        ["style", "Impressionism", "16"],
        ["style", "Ukiyo-e", "16"],
        ["artist", "Anna", "Example", "48"],
    ]


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_an_answer_is_saved_with_all_its_fields(
    run: Run, indexed: tuple[Home, Path], tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"out.{ending}"
    outcome = run(indexed[0], "search", "sad", "--top-k", "2", "--output", str(file))
    assert f"Saved {file}" in outcome.err
    assert file.stat().st_size > 0
    if ending == "jsonl":
        rows = [json.loads(line) for line in file.read_text().splitlines()]
        assert [(row["query"], row["rank"]) for row in rows] == [("sad", 1), ("sad", 2)]
        assert [row["id"][:8] for row in rows] == [row.split()[1] for row in outcome.out.splitlines()[2:]]


def test_many_queries_are_answered_a_line_each_and_the_others_told(
    run: Run, indexed: tuple[Home, Path], tmp_path: Path
) -> None:
    file = tmp_path / "queries.txt"
    file.write_text("sad\n\nCubist art\nfear -awe\n")
    outcome = run(indexed[0], "search", "--batch", str(file), "--top-k", "1")
    sad, refused, fear = map(json.loads, outcome.out.splitlines())
    assert SearchSchema.model_validate(sad).query.text == "sad"
    assert [emotion["word"] for emotion in fear["query"]["emotions"]] == ["fear", "awe"]
    assert list(refused) == ["query", "error"]
    assert "'Cubist art' names no feeling" in refused["error"]
    assert "moodseum: 1 of 3 queries could not be answered" in outcome.err
    assert outcome.code == 1


def test_many_queries_from_stdin_become_one_table(
    run: Run, indexed: tuple[Home, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("sad\nfear\n"))
    file = tmp_path / "out.jsonl"
    outcome = run(indexed[0], "search", "--batch", "-", "--top-k", "2", "--output", str(file))
    assert (outcome.code, outcome.out) == (0, "")
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(row["query"], row["rank"]) for row in rows] == [("sad", 1), ("sad", 2), ("fear", 1), ("fear", 2)]


def test_a_sheet_is_saved_beside_the_table(run: Run, indexed: tuple[Home, Path], tmp_path: Path) -> None:
    path = tmp_path / "answers.png"
    outcome = run(indexed[0], "search", "sad", "--sheet", str(path))
    assert f"Saved {path}\n" in outcome.err
    with Image.open(path) as sheet:
        assert sheet.format == "PNG"


def test_a_picture_is_scored_against_words_in_the_order_given(run: Run, indexed: tuple[Home, Path]) -> None:
    home, picture = indexed
    table = run(home, "score", str(picture), "fear", "a sense of home").out.rstrip().splitlines()
    assert table[0].split() == ["emotion", "coherence", "percentile", "trained", "on"]
    assert [table[2].split()[0], table[2].split()[-1]] == ["fear", "yes"]
    assert [table[3].startswith("a sense of home"), table[3].split()[-1]] == [True, "no"]
    answer = json.loads(run(home, "score", str(picture), "fear", "--json").out)
    assert answer["image"] == str(picture)
    assert [list(score) for score in answer["scores"]] == [
        ["emotion", "coherence", "percentile", "similarity", "seen"]
    ]


def test_scoring_needs_no_index(run: Run, indexed: tuple[Home, Path], tmp_path: Path) -> None:
    (tmp_path / "models").symlink_to(indexed[0].models)
    assert run(Home(tmp_path), "score", str(indexed[1]), "fear").code == 0
    assert run(Home(tmp_path), "score", str(indexed[1]), "fear", "--model", "m").code == 0


def test_scoring_does_not_miss_a_served_build_that_is_gone(
    run: Run, indexed: tuple[Home, Path], bereft: Home
) -> None:
    assert run(bereft, "score", str(indexed[1]), "fear").code == 0


def test_info_tells_of_a_served_build_that_is_gone(
    run: Run, indexed: tuple[Home, Path], bereft: Home
) -> None:
    build = json.loads(run(indexed[0], "info", "--json").out)["serving"]["name"]
    told = json.loads(run(bereft, "info", "--json").out)
    assert [model["name"] for model in told["models"]] == ["m"]
    assert told["serving"] is None
    assert f"The served build {build} is missing" in told["remark"]
    assert run(bereft, "info").out.splitlines()[-1] == f"serving   {told['remark']}"


def test_info_tells_versions_settings_models_builds_and_what_is_served(
    run: Run, indexed: tuple[Home, Path]
) -> None:
    home = indexed[0]
    told = json.loads(run(home, "info", "--json").out)
    assert list(told) == ["versions", "home", "settings", "models", "builds", "damaged", "serving", "remark"]
    assert told["settings"]["port"] == 8000
    assert [model["name"] for model in told["models"]] == ["m"]
    assert told["serving"] == told["builds"][0]
    assert told["serving"]["space_id"] == told["models"][0]["identity"]["space_id"]
    text = run(home, "info").out
    for part in (
        told["versions"]["torch"],
        told["models"][0]["identity"]["reading_id"],
        told["serving"]["name"],
    ):
        assert part in text


def test_info_does_not_stumble_over_a_damaged_model_folder(run: Run, home: Home) -> None:
    (home.models / "broken").mkdir(parents=True)
    (home.models / "broken" / "moodseum.json").write_text('{"format": 1')
    assert json.loads(run(home, "info", "--json").out)["models"] == []


def test_info_of_an_empty_home_says_that_there_is_nothing(run: Run, home: Home) -> None:
    outcome = run(home, "info")
    assert outcome.code == 0
    assert [line.split()[1] for line in outcome.out.splitlines()[-3:]] == ["none"] * 3
    assert not home.path.exists()


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["search", ""], ["The query is empty"]),
        (["search", "sad " * 2500], ["'sad sad", "10,000 characters", "at most 1,000"]),
        (["search", "Cubist art"], ["'Cubist art' names no feeling"]),
        (["search", "sad", "--style", "Cubismus"], ["no style 'Cubismus'", "Cubism"]),
        (["search", "sad", "--top-k", "0"], ["0 hits were asked for"]),
        (["search", "sad", "--min-coherence", "2"], ["minimum coherence 2.0", "0 to 1"]),
        (["search", "sad", "--cursor", "x"], ["cursor 'x'", "is none"]),
        (["search", "sad", "--output", "out.xlsx"], ["out.xlsx", ".parquet"]),
        (["search", "sad", "--output", "/no/where.csv"], ["no folder /no", "where.csv"]),
        (["search", "sad", "--sheet", "/no/where.png"], ["no folder /no", "where.png"]),
        (["explain", "PICTURE", "sad", "--picture", "/no/why.png"], ["no folder /no", "why.png"]),
        (["search", "sad", "--batch", "queries.txt"], ["--batch", "QUERY"]),
        (["search", "--batch", "/no/queries.txt"], ["/no/queries.txt", "No such file"]),
        (["score", "/no/picture.jpg", "fear"], ["/no/picture.jpg; check the path."]),
        (["score", "5f820fef", "fear"], ["No image file at 5f820fef", "'moodseum emotions'"]),
        (["score", __file__, "fear"], [Path(__file__).name, "not an image"]),
        (["score", "PICTURE", ""], ["''", "empty"]),
        (["score", "PICTURE", "not sad"], ["'not sad' refuses a feeling", "such as 'sad'"]),
        (["score", "PICTURE", "sad " * 2500], ["'sad sad", "at most 200"]),
        (["score", "PICTURE", "fear", "--model", "other"], ["'other'", "there: m"]),
        (["serve", "--port", "0"], ["port", "'0'", "greater than or equal to 1"]),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(
    run: Run, indexed: tuple[Home, Path], arguments: list[str], parts: list[str]
) -> None:
    home, picture = indexed
    typed = [str(picture) if argument == "PICTURE" else argument for argument in arguments]
    assert_refused(run(home, *typed), *parts)


def test_a_home_without_an_index_is_refused_with_the_command_that_makes_one(run: Run, home: Home) -> None:
    with listen("127.0.0.1", 0) as listener:
        free = str(listener.socket.getsockname()[1])
    for arguments in (["search", "sad"], ["serve", "--port", free]):
        assert_refused(run(home, *arguments), str(home.path), "moodseum index build")


@pytest.mark.parametrize(
    ("text", "part"), [(" ", "is empty"), ("sad " * 2500, "10,000 characters"), ("sad \udcff", "not UTF-8")]
)
def test_a_query_that_no_index_can_answer_is_refused_before_anything_is_loaded(
    run: Run, home: Home, text: str, part: str
) -> None:
    assert_refused(run(home, "search", text), part)


def test_serving_on_a_taken_port_is_refused_before_anything_is_loaded(run: Run, home: Home) -> None:
    with listen("127.0.0.1", 0) as listener:
        port = str(listener.socket.getsockname()[1])
        assert_refused(run(home, "serve", "--port", port), f"Port {port}", "--port")


def test_an_unknown_setting_in_the_environment_is_refused(
    run: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOODSEUM_PROT", "1")
    assert_refused(run(home, "info"), "MOODSEUM_PROT", "MOODSEUM_PORT")


def test_an_index_that_another_holds_open_is_refused_by_name(run: Run, indexed: tuple[Home, Path]) -> None:
    with open_searcher(FolderShelf(indexed[0])):
        assert_refused(run(indexed[0], "search", "sad"), str(indexed[0].index), "open")
