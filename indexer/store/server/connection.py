"""Reaching a Qdrant server: over gRPC where that answers, and in one sentence where nothing does."""

import json
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import grpc
from qdrant_client import QdrantClient
from qdrant_client.common.client_exceptions import ResourceExhaustedResponse
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from encoders.errors import MoodseumError
from indexer.errors import IndexNotFoundError, ServerError
from indexer.store.server.settings import KEY, ServerSettings

OLDEST = (1, 20)
PROBE_SECONDS = 3
WORK_SECONDS = 60

FORBIDDEN = (401, 403, grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED)
MISSING = (404, grpc.StatusCode.NOT_FOUND)
SILENT = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)


def connect(settings: ServerSettings) -> QdrantClient:
    """A client of a server that answers, lets us in, and is new enough.

    Raises:
        ServerError: one of the three is not so; known within seconds.
    """
    probe = _client(settings, PROBE_SECONDS)
    try:
        with answering(settings.url):
            _require_version(settings.url, probe.info().version)
            probe.get_aliases()  # the version is told to everybody, this only to those with the key
    except IndexNotFoundError as error:
        raise _foreign(settings.url) from error
    finally:
        probe.close()
    return _client(settings, WORK_SECONDS, grpc=_speaks_grpc(settings))


@contextmanager
def answering(url: str) -> Iterator[None]:
    """Turn what can go wrong while a server is asked into errors of one sentence.

    Raises:
        IndexNotFoundError: a collection is gone.
        ServerError: anything else.
    """
    try:
        yield
    except UnexpectedResponse as error:
        raise _error(url, error.status_code, error.content.decode(errors="replace")) from error
    except grpc.RpcError as error:
        raise _error(url, error.code(), error.details()) from error
    except ResponseHandlingException as error:
        strange = isinstance(error.source, ValueError)
        raise (_foreign(url) if strange else _unreachable(url, error.source)) from error
    except json.JSONDecodeError as error:
        raise _foreign(url) from error
    except ResourceExhaustedResponse as error:
        raise ServerError(
            f"The Qdrant server at {url} is asked too often; wait {error.retry_after_s} s."
        ) from error


def _client(settings: ServerSettings, seconds: int, *, grpc: bool = False) -> QdrantClient:
    with warnings.catch_warnings():
        if settings.is_local:  # a key that does not leave the machine needs no encryption
            warnings.filterwarnings("ignore", message="Api key is used with an insecure connection")
        return QdrantClient(
            url=settings.url,
            api_key=settings.api_key,
            timeout=seconds,
            prefer_grpc=grpc,
            grpc_port=settings.grpc_port,
            check_compatibility=False,  # it would warn from a thread of its own; `connect` refuses
        )


def _speaks_grpc(settings: ServerSettings) -> bool:
    client = _client(settings, PROBE_SECONDS, grpc=True)
    try:
        client.info()
    except grpc.RpcError:
        return False
    else:
        return True
    finally:
        client.close()


def _require_version(url: str, version: str) -> None:
    numbers = re.match(r"(\d+)\.(\d+)", version)
    if not numbers or tuple(map(int, numbers.groups())) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise ServerError(
            f"The Qdrant server at {url} has version {version}; upgrade it to {oldest} or newer."
        )


def _error(url: str, code: object, reason: str | None) -> MoodseumError:
    if code in FORBIDDEN:
        return ServerError(f"The Qdrant server at {url} refuses the API key; give the right one in {KEY}.")
    if code in MISSING:
        return IndexNotFoundError(
            f"The Qdrant server at {url} has no such collection ({reason}); "
            "`moodseum index copy --to` brings one there."
        )
    if code in SILENT:
        return _unreachable(url, reason)
    return ServerError(f"The Qdrant server at {url} refused ({reason or code}); its log tells more.")


def _foreign(url: str) -> ServerError:
    return ServerError(f"What answers at {url} is no Qdrant server; mend the address.")


def _unreachable(url: str, reason: object) -> ServerError:
    first, *_ = str(reason).splitlines() or ["in time"]
    return ServerError(f"No Qdrant server answers at {url} ({first}); start it or mend the address.")
