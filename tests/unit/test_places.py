"""Where builds stand is told by what the user names."""

import sys
from pathlib import Path

import pytest

from encoders.home import Home
from indexer.errors import ServerError
from indexer.shelves.places import open_server, open_shelf


def test_a_folder_is_a_home(tmp_path: Path, home: Home) -> None:
    with open_shelf(str(tmp_path), home) as shelf:
        assert (shelf.place, shelf.builds(), shelf.pointer()) == (str(tmp_path), [], None)


@pytest.mark.parametrize("place", ["localhost:6333", "10.0.0.7:6333"])
def test_an_address_without_its_scheme_is_not_taken_for_a_folder(place: str, home: Home) -> None:
    with pytest.raises(ServerError, match=f"'{place}' is no address .* write http://host:6333"):
        open_shelf(place, home)


@pytest.mark.parametrize("place", ["", "localhost:6333", "folder"])
def test_where_a_server_is_wanted_nothing_else_is_taken(place: str, home: Home) -> None:
    with pytest.raises(ServerError, match="is no address of a Qdrant server"):
        open_server(place, home)


def test_without_the_client_an_address_is_answered_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    monkeypatch.setitem(sys.modules, "indexer.shelves.server", None)
    with pytest.raises(ServerError, match=r'pip install "moodseum\[server\]"'):
        open_shelf("http://host:6333", home)
