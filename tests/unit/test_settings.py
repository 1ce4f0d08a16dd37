import socket

import pytest

from search_api.errors import SettingsError
from search_api.http.listening import listen
from search_api.settings import Settings


def test_options_come_before_the_environment_and_that_before_defaults() -> None:
    environ = {"MOODSEUM_PORT": "9001", "MOODSEUM_UPLOAD_MB": "5", "MOODSEUM_HOME": "/srv", "PATH": "/bin"}
    environ |= {"MOODSEUM_STORE": "http://host:6333", "MOODSEUM_QDRANT_SHARDS": "6"}
    assert Settings.resolve({}) == Settings()
    assert Settings.resolve(environ) == Settings(port=9001, upload_mb=5)
    assert Settings.resolve(environ, host="::1", port=9002) == Settings(host="::1", port=9002, upload_mb=5)


def test_an_unknown_setting_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(SettingsError, match="no setting MOODSEUM_PROT") as refusal:
        Settings.resolve({"MOODSEUM_PROT": "9001"})
    for known in (
        "MOODSEUM_HOME",
        "MOODSEUM_STORE",
        "MOODSEUM_HOST",
        "MOODSEUM_PORT",
        "MOODSEUM_UPLOAD_MB",
        "MOODSEUM_UPLOAD_MEGAPIXELS",
        "MOODSEUM_IMAGE_SIZE",
        "MOODSEUM_PUBLIC_URL",
    ):
        assert known in str(refusal.value)


@pytest.mark.parametrize(
    ("key", "value", "remedy"),
    [
        ("MOODSEUM_PORT", "http", "give a valid integer"),
        ("MOODSEUM_PORT", "70000", "less than or equal to 65535"),
        ("MOODSEUM_UPLOAD_MB", "0", "greater than or equal to 1"),
        ("MOODSEUM_PUBLIC_URL", "museum.example", "https://museum.example"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name_and_value(
    key: str, value: str, remedy: str
) -> None:
    with pytest.raises(SettingsError, match=remedy) as refusal:
        Settings.resolve({key: value})
    assert key in str(refusal.value)
    assert f"'{value}'" in str(refusal.value)


@pytest.mark.parametrize("address", ["https://museum.example", "http://10.0.0.1:8080/moods/"])
def test_a_public_address_may_have_a_port_and_a_path(address: str) -> None:
    assert Settings.resolve({"MOODSEUM_PUBLIC_URL": address}).public_url == address


def test_a_port_is_held_from_the_start_and_given_back() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.socket.getsockname()[1]
        assert listener.address == f"http://127.0.0.1:{port}"
        with (
            pytest.raises(
                SettingsError, match=rf"Port {port} of 127.0.0.1 .*in use.*; give another with --port"
            ),
            listen("127.0.0.1", port),
        ):
            pass
    with socket.create_server(("127.0.0.1", port)):
        pass


@pytest.mark.parametrize("host", ["192.0.2.1", "a" * 70])
def test_a_host_that_is_not_ours_is_refused_by_name(host: str) -> None:
    with pytest.raises(SettingsError, match="give another") as refusal, listen(host, 1):
        pass
    assert host[:60] in str(refusal.value)
