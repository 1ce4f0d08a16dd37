"""The release that is served: which build, with the model that it was made with.

index/served.json    the pointer, replaced in one step: the served build and the one before it
"""

import json
import shlex
from dataclasses import asdict, dataclass

from encoders.encoder import Encoder
from encoders.files import write_atomically
from encoders.home import Home
from indexer.errors import IndexFormatError, IndexNotFoundError, ModelMismatchError
from indexer.shelves.builds import Build, builds_folder
from indexer.shelves.manifest import Manifest, load_manifest

POINTER = "served.json"


@dataclass(frozen=True, slots=True)
class Release:
    """The pair that is served: a model, by name, and the finished build that was made with it."""

    model: str
    build: Build


@dataclass(frozen=True, slots=True)
class Pointer:
    """What `served.json` says: the name of the served build, and of the one served before it."""

    build: str
    previous: str | None

    @classmethod
    def to(cls, build: str, before: "Pointer | None") -> "Pointer":
        """To another build after what was pointed to before; pointing to the same again changes nothing."""
        if before and before.build == build:
            return before
        return cls(build, before.build if before else None)


def served(home: Home) -> Release | None:
    """What is being served, if anything.

    Raises:
        IndexNotFoundError: the pointer names a build that is gone.
        IndexFormatError: the pointer or the build's record cannot be read.
    """
    pointer = read_pointer(home)
    if pointer is None:
        return None
    build = _pointed_at(home, pointer.build, "served", "run `moodseum index build --paintings DIR`")
    return Release(build.manifest.model, build)


def served_if_there(home: Home) -> Release | None:
    """What is being served, unless its build was removed by hand; raises IndexFormatError as `served`."""
    try:
        return served(home)
    except IndexNotFoundError:
        return None


def the_served(home: Home) -> Release:
    """What is being served; raises IndexNotFoundError where nothing is, and else as `served` does."""
    release = served(home)
    if release is None:
        raise IndexNotFoundError(
            f"There is no index in {home.index}; make one with `moodseum index build --paintings DIR`."
        )
    return release


def promote(home: Home, build: Build) -> None:
    """Serve a finished build from now on; the one served before is remembered for rolling back.

    Raises:
        ValueError: the build is not finished.
    """
    if not build.manifest.finished:
        raise ValueError(f"Build {build.name} is not finished and cannot be served.")
    write_pointer(home, Pointer.to(build.name, read_pointer(home)))


def roll_back(home: Home) -> Release:
    """Serve the build that was served before; rolling back twice is rolling forward.

    Raises:
        IndexNotFoundError: none was, or it is gone.
    """
    pointer = read_pointer(home)
    if pointer is None or pointer.previous is None:
        raise IndexNotFoundError(
            f"No build was served before the present one in {home.index}; "
            "name one with `moodseum index promote BUILD`."
        )
    build = _pointed_at(
        home, pointer.previous, "previous", "name another with `moodseum index promote BUILD`"
    )
    write_pointer(home, Pointer(build.name, pointer.build))
    return Release(build.manifest.model, build)


def read_pointer(home: Home) -> Pointer | None:
    """What the pointer says, if there is one.

    Raises:
        IndexFormatError: it cannot be read.
    """
    path = home.index / POINTER
    try:
        content = json.loads(path.read_text())
        previous = content.get("previous")
        return Pointer(str(content["build"]), str(previous) if previous else None)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexFormatError(
            f"{path} is damaged ({error}); remove it and serve a build with `moodseum index promote`."
        ) from error


def write_pointer(home: Home, pointer: Pointer) -> None:
    """Let the pointer say so from now on, in one step."""
    write_atomically(home.index / POINTER, json.dumps(asdict(pointer), indent=2) + "\n")


def check_model(manifest: Manifest, encoder: Encoder) -> None:
    """Raise ModelMismatchError unless the build's vectors and the encoder's share one space."""
    asked = encoder.identity.space_id
    if asked != manifest.space_id:
        raise ModelMismatchError(
            f"Build {manifest.build} was made with model {manifest.model!r} (space {manifest.space_id}) and "
            f"cannot be searched with {encoder.name!r} (space {asked}); run "
            f"`moodseum reindex --model {shlex.quote(encoder.name)}`."
        )


def _pointed_at(home: Home, name: str, role: str, remedy: str) -> Build:
    folder = builds_folder(home) / name
    missing = IndexNotFoundError(f"The {role} build {name} is missing from {builds_folder(home)}; {remedy}.")
    try:
        build = Build(folder, load_manifest(folder))
    except FileNotFoundError as error:
        raise missing from error
    if not build.store.is_dir():
        raise missing
    return build
