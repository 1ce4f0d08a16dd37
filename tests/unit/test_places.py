"""Where builds stand is told by what the user names."""

import sys
from pathlib import Path

import pytest

from indexer.errors import ServerError
from indexer.places import open_shelf


def test_a_folder_is_a_home(tmp_path: Path) -> None:
    with open_shelf(str(tmp_path)) as shelf:
        assert (shelf.place, shelf.builds(), shelf.pointer()) == (str(tmp_path), [], None)


def test_without_the_client_an_address_is_answered_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "indexer.store.server.shelf", None)
    with pytest.raises(ServerError, match=r'pip install "moodseum\[server\]"'):
        open_shelf("http://host:6333")
