"""A socket that is surely ours before anything slow begins, and logs that leave stdout to results."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from search_api.errors import SettingsError, quoted

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"uvicorn.access": {"level": "INFO"}, "search_api": {"level": "INFO"}},
}


@dataclass(frozen=True, slots=True)
class Listener:
    """A bound socket and where it can be reached."""

    socket: socket.socket
    address: str


@contextmanager
def listen(host: str, port: int) -> Iterator[Listener]:
    """Hold a port for the time of the block.

    Raises:
        SettingsError: the port is taken, or the address cannot be listened on.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{quoted(host)} is no address ({error}); give another with --host.") from error
    with bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind(place)
            bound.listen()
        except OSError as error:
            raise SettingsError(
                f"Port {port} of {host} cannot be used ({error.strerror}); "
                "give another with --port, or another --host."
            ) from error
        yield Listener(bound, f"http://{f'[{host}]' if ':' in host else host}:{bound.getsockname()[1]}")
