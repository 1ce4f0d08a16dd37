"""How a server is reached, and what is said of one that is silent, wary, old or failing."""

import json
import time
from dataclasses import replace

import pytest

from indexer.errors import IndexNotFoundError, ServerError
from indexer.store.server.connection import answering, connect
from indexer.store.server.settings import ServerSettings
from indexer.store.server.store import ServerStore
from tests.recording_server import ALIASES, NEW, Answers, free_port, grpc_port, recording_server


def test_without_grpc_the_server_is_asked_over_http() -> None:
    with recording_server({"/": NEW, "/aliases": ALIASES}) as (settings, _):
        client = connect(settings)
        assert client.get_aliases().aliases == []
        client.close()


def test_a_web_page_is_no_answer() -> None:
    with pytest.raises(ServerError, match="is no Qdrant server"), answering("http://host"):
        json.loads("<html>")


def test_where_grpc_answers_it_is_used() -> None:
    with recording_server({"/": NEW, "/aliases": ALIASES}) as (settings, asked), grpc_port() as port:
        client = connect(replace(settings, grpc_port=port))
        before = len(asked)
        assert [alias.alias_name for alias in client.get_aliases().aliases] == ["over gRPC"]
        assert len(asked) == before
        client.close()


def test_a_silent_address_is_named_within_seconds() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    started = time.monotonic()
    with pytest.raises(ServerError, match=f"^No Qdrant server answers at {url} .*start it"):
        connect(ServerSettings(url))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("pages", [{}, {"/": (200, "a web page")}, {"/": (200, {"title": "another"})}])
def test_what_is_no_qdrant_server_is_told_apart(pages: Answers) -> None:
    with (
        recording_server(pages) as (settings, _),
        pytest.raises(ServerError, match=f"^What answers at {settings.url} is no Qdrant server"),
    ):
        connect(settings)


def test_a_wrong_key_is_told_apart_from_a_silent_server() -> None:
    with recording_server({"/": NEW, "/aliases": ALIASES}) as (settings, _):
        wrong = ServerSettings(settings.url, "wrong")
        with pytest.raises(ServerError, match=r"refuses the API key; .* QDRANT_API_KEY\.$"):
            connect(wrong)


@pytest.mark.parametrize("version", ["1.19.9", "0.99.0", "unknown"])
def test_an_old_server_is_refused_with_the_version_needed(version: str) -> None:
    with (
        recording_server({"/": (200, {"title": "qdrant", "version": version})}) as (settings, _),
        pytest.raises(ServerError, match=f"has version {version}; upgrade it to 1.20 or newer"),
    ):
        connect(settings)


def test_a_key_that_would_leave_the_machine_unencrypted_is_warned_of() -> None:
    with (
        pytest.warns(UserWarning, match="insecure connection"),
        pytest.raises(ServerError, match="No Qdrant server answers"),
    ):
        connect(ServerSettings(f"http://0.0.0.0:{free_port()}", "right"))


def test_a_collection_that_is_gone_is_not_found() -> None:
    exists = (200, {"result": {"exists": False}, "status": "ok", "time": 0.0})
    with recording_server({"/": NEW, "/aliases": ALIASES, "/collections/gone/exists": exists}) as (
        settings,
        _,
    ):
        client = connect(settings)
        with pytest.raises(IndexNotFoundError, match=r"has no collection gone; .*index copy"):
            ServerStore.open(client, settings.url, "gone")
        with (
            pytest.raises(IndexNotFoundError, match=r"no such collection \(.*gone"),
            answering(settings.url),
        ):
            client.get_collection("gone")
        client.close()


def test_a_failing_server_is_quoted() -> None:
    failing = (500, {"status": {"error": "disk on fire"}, "time": 0.0})
    with (
        recording_server({"/": NEW, "/aliases": failing}) as (settings, _),
        pytest.raises(ServerError, match=r"refused .*disk on fire"),
    ):
        connect(settings)
