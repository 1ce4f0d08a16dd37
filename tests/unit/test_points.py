from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.painting import Painting
from indexer.points import FINGERPRINT, to_painting, to_payload

text = st.text(st.characters(exclude_categories=["Cs"]))
paintings = st.builds(
    Painting,
    key=text,
    path=text.map(Path),
    title=text,
    artist=st.none() | text,
    style=st.none() | text,
    genre=st.none() | text,
    year=st.none() | st.integers(1, 9999),
    rights=st.none() | text,
    source=st.none() | text,
    inside=st.none() | text,
)


@given(paintings, text)
def test_a_painting_survives_its_payload(painting: Painting, fingerprint: str) -> None:
    payload = to_payload(painting, fingerprint)
    assert to_painting(payload) == painting
    assert payload[FINGERPRINT] == fingerprint


def test_what_is_unknown_is_not_stored() -> None:
    payload = to_payload(Painting(key="k", path=Path("/p.jpg"), title="T"), "f")
    assert payload == {"key": "k", "path": "/p.jpg", "title": "T", "fingerprint": "f"}


def test_a_payload_from_before_shards_is_a_painting() -> None:
    payload = {"key": "k", "path": "/p.jpg", "title": "T", "fingerprint": "f"}
    assert to_painting(payload) == Painting(key="k", path=Path("/p.jpg"), title="T")


def test_ids_are_stable() -> None:
    painting = Painting(
        key="Impressionism/claude-monet_impression-sunrise-1872", path=Path("/p.jpg"), title="T"
    )
    assert painting.id == "fe85c295-5094-57fb-b457-a3fb610312f0"
