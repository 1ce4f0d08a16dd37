"""How a Qdrant server's habits are read from the environment."""

import pytest

from indexer.errors import ServerError
from indexer.store.server.settings import ServerSettings

URL = "http://host:6333"


def test_every_habit_has_a_variable() -> None:
    environment = {
        "QDRANT_API_KEY": "secret",
        "MOODSEUM_QDRANT_SHARDS": "6",
        "MOODSEUM_QDRANT_REPLICAS": "3",
        "MOODSEUM_QDRANT_CONSISTENCY": "2",
        "MOODSEUM_QDRANT_PREFIX": "museum",
        "MOODSEUM_QDRANT_GRPC_PORT": "7334",
        "PATH": "/bin",
    }
    expected = ServerSettings(URL, "secret", 7334, "museum", 6, 3, 2)
    assert ServerSettings.resolve(URL, environment) == expected


def test_an_empty_key_is_none() -> None:
    assert ServerSettings.resolve(URL, {"QDRANT_API_KEY": ""}).api_key is None


def test_the_key_is_not_shown() -> None:
    assert "secret" not in repr(ServerSettings(URL, "secret"))


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("MOODSEUM_QDRANT_SHARD", "6", "MOODSEUM_QDRANT_SHARD is unknown; there are .*_SHARDS"),
        ("MOODSEUM_QDRANT_SHARDS", "six", "MOODSEUM_QDRANT_SHARDS must be a whole number, not 'six'"),
        ("MOODSEUM_QDRANT_REPLICAS", "0", "replicas .* at least 1, not 0"),
        ("MOODSEUM_QDRANT_PREFIX", "a-b", "prefix 'a-b' may hold only"),
    ],
)
def test_a_wrong_variable_is_refused_with_the_remedy(name: str, value: str, complaint: str) -> None:
    with pytest.raises(ServerError, match=complaint):
        ServerSettings.resolve(URL, {name: value})


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://host", "http://", "host:6333", "", "http://[::1", "http://host:99999", "http://host:six"),
        *("http://host:0", "http://a host:6333", "http://:6333", "http://host,other:6333"),
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ServerError, match=r"no address of a Qdrant server; write http://host:6333"):
        ServerSettings(url)


@pytest.mark.parametrize(
    "url", ["http://host:6333", "https://qdrant.example.org", "http://[::1]:6333", "http://qdrant_1:6333/"]
)
def test_addresses_are_taken_as_they_are(url: str) -> None:
    assert ServerSettings(url).url == url


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ServerError, match="give the key in QDRANT_API_KEY") as refusal:
        ServerSettings("http://name:secret@host:6333")
    assert "secret" not in str(refusal.value)
