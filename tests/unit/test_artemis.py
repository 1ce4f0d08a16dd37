import unicodedata
from pathlib import Path

import pytest

from encoders.words.emotions import ARTEMIS_EMOTIONS
from trainer.annotations.annotations import Side, Utterance
from trainer.annotations.artemis import read_artemis
from trainer.annotations.artemis_histograms import read_artemis_histograms
from trainer.errors import AnnotationError

RELEASE = "art_style,painting,emotion,utterance,repetition"
PREPROCESSED = f"{RELEASE},split,tokens,tokens_len,utterance_spelled,tokens_encoded,emotion_label".replace(
    "art_style", "\ufeffart_style"
)
CONTRASTIVE = "art_style,painting,anchor_art_style,anchor_painting,repetition,emotion,utterance"
HISTOGRAMS = "art_style,painting,emotion_histogram"


def write(folder: Path, header: str, *rows: str) -> Path:
    file = folder / "annotations.csv"
    file.write_text("".join(f"{line}\n" for line in (header, *rows)), encoding="utf-8")
    return file


def test_votes_are_counted_in_artemis_order(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        RELEASE,
        'Cubism,a_x,awe,"Grand, isn\'t it?",3',
        "Cubism,a_x,something else,Odd.,3",
        "Rococo,b_y,sadness,So grey.,2",
        "Cubism,a_x,awe,,3",
    )
    annotations = read_artemis(file)
    assert annotations.emotions == ARTEMIS_EMOTIONS
    assert annotations.paintings == (("Cubism", "a_x"), ("Rococo", "b_y"))
    assert annotations.counts.tolist() == [[0, 2, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 1, 0]]
    assert annotations.viewers.tolist() == [3, 1]
    assert annotations.sides is None
    assert annotations.utterances == (
        Utterance(0, 1, "Grand, isn't it?"),
        Utterance(0, 8, "Odd."),
        Utterance(1, 7, "So grey."),
    )


def test_utterances_keep_their_quotes_commas_and_lines(tmp_path: Path) -> None:
    file = write(tmp_path, RELEASE, 'Cubism,a_x,awe,"He ""screams"",\nand I hear it.",1')
    assert read_artemis(file).utterances == (Utterance(0, 1, 'He "screams",\nand I hear it.'),)


def test_white_space_and_case_do_not_make_another_emotion_or_painting(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        " Art_Style ,painting,emotion , utterance",
        "Cubism,a_x,Awe, Grand. ",
        " Cubism, a_x , awe,   ",
    )
    annotations = read_artemis(file)
    assert annotations.paintings == (("Cubism", "a_x"),)
    assert annotations.counts[0, 1] == 2
    assert annotations.utterances == (Utterance(0, 1, "Grand."),)


def test_rows_that_repeat_each_other_are_votes_of_several_viewers(tmp_path: Path) -> None:
    annotations = read_artemis(write(tmp_path, RELEASE, *["Cubism,a_x,awe,Grand.,2"] * 2))
    assert annotations.counts[0, 1] == 2
    assert annotations.rows is not None
    assert annotations.rows.tolist() == [2]


def test_a_painting_named_nan_keeps_its_name(tmp_path: Path) -> None:
    assert read_artemis(write(tmp_path, RELEASE, "Cubism,nan,awe,NA,1")).paintings == (("Cubism", "nan"),)


@pytest.mark.parametrize("column", ["split", "splits"])
def test_the_preprocessed_files_split_is_kept(tmp_path: Path, column: str) -> None:
    file = write(
        tmp_path,
        PREPROCESSED.replace("split,", f"{column},"),
        """Cubism,a_x,awe,Grand.,2,train,['grand'],1,grand,"[1, 5, 2]",1""",
        """Cubism,b_y,fear,Dark.,1,val,['dark'],1,dark,"[1, 6, 2]",6""",
        """Cubism,c_z,fear,Black.,1,test,['black'],1,black,"[1, 7, 2]",6""",
        """Cubism,d_w,fear,Night.,50, Rest ,['night'],1,night,"[1, 8, 2]",6""",
        """Cubism,a_x,fear,Tall.,2,train,['tall'],1,tall,"[1, 9, 2]",6""",
    )
    annotations = read_artemis(file)
    assert annotations.sides is not None
    assert annotations.sides.tolist() == [Side.TRAIN, Side.VAL, Side.TEST, Side.TEST]
    assert annotations.utterances[0].text == "Grand."


def test_a_painting_on_two_sides_of_the_split_is_refused(tmp_path: Path) -> None:
    rows = ("Cubism,a_x,awe,,train", "Cubism,b_y,awe,,val", "Cubism,a_x,awe,,val")
    with pytest.raises(
        AnnotationError, match=r"the split 'train' in row 2 \(other rows of the same painting"
    ):
        read_artemis(write(tmp_path, "art_style,painting,emotion,utterance,split", *rows))


@pytest.mark.parametrize("side", ["training", ""])
def test_an_unknown_side_is_refused_with_its_row(tmp_path: Path, side: str) -> None:
    rows = ("Cubism,a_x,awe,,train", f"Cubism,b_y,awe,,{side}")
    with pytest.raises(AnnotationError, match=rf"the split '{side}' in row 3 \(known are train, val"):
        read_artemis(write(tmp_path, "art_style,painting,emotion,utterance,split", *rows))


@pytest.mark.parametrize(("header", "more"), [(CONTRASTIVE, ""), (f"{CONTRASTIVE},version", ",new")])
def test_version_twos_votes_are_for_the_painting_and_not_for_its_anchor(
    tmp_path: Path, header: str, more: str
) -> None:
    name = unicodedata.normalize("NFD", "joan-miró_bleu")
    file = write(
        tmp_path,
        header,
        f"Cubism,{name},Fauvism,b_y,2,anger,Not like the other.{more}",
        f"Rococo,c_z,,,1,awe,Grand.{more}",
    )
    annotations = read_artemis(file)
    assert annotations.paintings == (("Cubism", name), ("Rococo", "c_z"))
    assert annotations.counts[:, :5].tolist() == [[0, 0, 0, 0, 1], [0, 1, 0, 0, 0]]


@pytest.mark.parametrize(
    ("header", "rows", "says"),
    [
        ("painting,emotion", ["x,awe"], "lacks the column 'art_style'"),
        (RELEASE, [], "no votes"),
        (RELEASE, ["Cubism,x,joy,Nice.,1"], "has the emotion 'joy' in row 2"),
        (RELEASE, ["Cubism,x,awe,Nice.,1", "Cubism,x,,Nice.,1"], "has the emotion '' in row 3"),
        (RELEASE, ["Cubism,x,awe,Nice, or not.,1"], "cannot be read as a table"),
        ("", [], "lacks the column"),
    ],
)
def test_a_file_that_is_no_release_file_is_refused(
    tmp_path: Path, header: str, rows: list[str], says: str
) -> None:
    with pytest.raises(AnnotationError, match=says):
        read_artemis(write(tmp_path, header, *rows))


def test_bytes_that_are_not_utf_8_are_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "latin.csv"
    file.write_bytes(RELEASE.encode() + "\nCubism,x,awe,Très beau.,1\n".encode("latin-1"))
    with pytest.raises(AnnotationError, match=r"latin\.csv.*UTF-8"):
        read_artemis(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match=r"nowhere\.csv"):
        read_artemis(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    "written",
    ['"[0, 2, 0, 0, 1, 0, 0, 0, 3]"', "[0 2 0 0 1 0 0 0 3]", '"[0.0, 2.0, 0.0, 0, 1, 0, 0, 0, 3.0]"'],
)
def test_histograms_are_read_in_artemis_order(tmp_path: Path, written: str) -> None:
    file = write(tmp_path, HISTOGRAMS, f"Cubism,a_x,{written}", 'Rococo,b_y,"[1, 0, 0, 0, 0, 0, 0, 0, 0]"')
    annotations = read_artemis_histograms(file)
    assert annotations.emotions == ARTEMIS_EMOTIONS
    assert annotations.paintings == (("Cubism", "a_x"), ("Rococo", "b_y"))
    assert annotations.counts.tolist() == [[0, 2, 0, 0, 1, 0, 0, 0, 3], [1, 0, 0, 0, 0, 0, 0, 0, 0]]
    assert annotations.viewers.tolist() == [6, 1]
    assert annotations.rows is not None
    assert annotations.rows.tolist() == [1, 1]


def test_histograms_of_one_painting_are_added_up(tmp_path: Path) -> None:
    annotations = read_artemis_histograms(
        write(tmp_path, HISTOGRAMS, *['Cubism,a_x,"[0, 2, 0, 0, 1, 0, 0, 0, 3]"'] * 2)
    )
    assert annotations.counts.tolist() == [[0, 4, 0, 0, 2, 0, 0, 0, 6]]


@pytest.mark.parametrize(
    ("histogram", "says"),
    [
        ("[0, 2, 0, 0, 1, 0, 0, 0]", r"the histogram '\[0, 2.*in row 3 \(a histogram has 9 counts"),
        ("", "the histogram '' in row 3"),
        ("[0, 2, 0, 0, nan, 0, 0, 0, 1]", "the count 'nan' in row 3"),
        ("[0, 2, 0, 0, -1, 0, 0, 0, 1]", "the count '-1' in row 3"),
        ("[0, .5, 0, 0, .5, 0, 0, 0, 0]", r"the count '\.5' in row 3"),
        ("[0, 2, 0, 0, inf, 0, 0, 0, 1]", "the count 'inf' in row 3"),
        ("[0, 2, 0, 0, many, 0, 0, 0, 1]", "the count 'many' in row 3"),
        ("[0, 0, 0, 0, 0, 0, 0, 0, 0]", r"a painting without votes, '\[0, .* in row 3"),
    ],
)
def test_a_histogram_that_is_none_is_refused_with_its_row(tmp_path: Path, histogram: str, says: str) -> None:
    file = write(tmp_path, HISTOGRAMS, 'Cubism,a_x,"[0,2,0,0,1,0,0,0,3]"', f'Cubism,b_y,"{histogram}"')
    with pytest.raises(AnnotationError, match=says):
        read_artemis_histograms(file)
