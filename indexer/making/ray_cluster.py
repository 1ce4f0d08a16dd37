"""Ray to work with: the cluster at RAY_ADDRESS, or one of this machine's cores for a while."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ray
from ray.data import DataContext
from ray.exceptions import RayError

from encoders.seeing.workers import cores
from indexer.errors import EngineError

ADDRESS = "RAY_ADDRESS"
PATIENCE = 5.0
"""Seconds; Ray itself would wait for minutes."""

NATIVE_LOG = "RAY_BACKEND_LOG_LEVEL"
STDERR = 2


@contextmanager
def ray_at_hand() -> Iterator[None]:
    """Start or join Ray for as long as the block lasts, unless this process has already.

    Raises:
        EngineError: the cluster does not answer, or fails in the block.
    """
    ours = not ray.is_initialized()
    if ours:
        _start(os.environ.get(ADDRESS, ""))
    try:
        with _quietly():
            yield
    except RayError as error:
        *_, last = str(error).strip().splitlines() or [type(error).__name__]  # the cause ends a long story
        raise EngineError(failed(last)) from error
    finally:
        if ours:
            ray.shutdown()


def failed(reason: str) -> str:
    """What to tell of a failure."""
    return f"Embedding on Ray failed ({reason}); mend that and run the command again, it goes on from there."


def _start(address: str) -> None:
    os.environ.setdefault(NATIVE_LOG, "fatal")
    try:
        with _silence():
            if address:
                _knock(address)
                ray.init(address, log_to_driver=False, logging_level=logging.CRITICAL)
            else:
                ray.init(
                    "local",
                    num_cpus=cores(),
                    include_dashboard=False,
                    log_to_driver=False,
                    logging_level=logging.CRITICAL,
                )
    except (OSError, ValueError, RuntimeError) as error:
        where = f"the Ray cluster at {address!r}" if address else "Ray on this machine"
        remedy = (
            f"mend {ADDRESS} and RAY_AUTH_MODE, or unset them to use this machine alone"
            if address
            else "give --engine local"
        )
        raise EngineError(f"Could not start with {where} ({error}); {remedy}.") from error


def _knock(address: str) -> None:
    """Raises OSError where nobody answers at a host and port."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), PATIENCE).close()


@contextmanager
def _quietly() -> Iterator[None]:
    """Leave the terminal to our own progress bar; what Ray has to say is in its log files."""
    settings, logger = DataContext.get_current(), logging.getLogger("ray.data")
    before = settings.enable_progress_bars, settings.print_on_execution_start, logger.level
    settings.enable_progress_bars = settings.print_on_execution_start = False
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        settings.enable_progress_bars, settings.print_on_execution_start, level = before
        logger.setLevel(level)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what Ray's native code tells of its start from the terminal; failures come as exceptions."""
    kept = os.dup(STDERR)
    try:
        with Path(os.devnull).open("w") as nothing:
            os.dup2(nothing.fileno(), STDERR)
        yield
    finally:
        os.dup2(kept, STDERR)
        os.close(kept)
