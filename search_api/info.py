"""What runs, with which settings, and what lies in the home."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from encoders.model_folder import ModelRecord, list_models
from indexer.errors import IndexFormatError, IndexNotFoundError
from indexer.shelves.releases import the_served
from indexer.shelves.shelf import Shelf
from search_api.settings import Settings

LIBRARIES = (
    "torch",
    "sentence-transformers",
    "transformers",
    "numpy",
    "pillow",
    "qdrant-edge-py",
    "fastapi",
    "pydantic",
)


class BuildInfo(BaseModel):
    """A build: with which model, of how many paintings."""

    model_config = ConfigDict(frozen=True)

    name: str
    model: str
    space_id: str
    source: str
    created: str
    finished: bool
    paintings: int


class Info(BaseModel):
    """All that `moodseum info` tells; `serving` is the build that is served, if any.

    `damaged` says in a sentence each what is wrong with builds that cannot be read.

    `remark` says why none is served although one was promoted.
    """

    model_config = ConfigDict(frozen=True)

    versions: dict[str, str]
    home: Path
    settings: Settings
    models: tuple[ModelRecord, ...]
    builds: tuple[BuildInfo, ...]
    damaged: tuple[str, ...]
    serving: BuildInfo | None
    remark: str | None


def gather(shelf: Shelf, environ: Mapping[str, str]) -> Info:
    """Look around a home and the place of its builds; nothing is opened or loaded."""
    serving, remark = _served(shelf)
    builds = {made.build: made for made in shelf.builds()}
    infos = {
        name: BuildInfo(
            name=name,
            model=manifest.model,
            space_id=manifest.space_id,
            source=manifest.source,
            created=manifest.created,
            finished=manifest.finished,
            paintings=manifest.indexed,
        )
        for name, manifest in builds.items()
    }
    return Info(
        versions={"moodseum": version("moodseum"), "python": platform.python_version()} | _libraries(),
        home=shelf.home.path.resolve(),
        settings=Settings.resolve(environ),
        models=tuple(list_models(shelf.home)),
        builds=tuple(infos.values()),
        damaged=tuple(ruin.error for ruin in shelf.damaged()),
        serving=infos[serving] if serving else None,
        remark=remark,
    )


def _served(shelf: Shelf) -> tuple[str | None, str | None]:
    """The served build's name, and what is wrong where the one that was promoted is gone."""
    if shelf.pointer() is None:
        return None, None
    try:
        return the_served(shelf).build, None
    except (IndexNotFoundError, IndexFormatError) as error:
        return None, str(error)


def describe(info: Info) -> str:
    """The same for people, in aligned lines."""
    rows = [
        ("versions", [f"{name} {number}" for name, number in info.versions.items()]),
        ("home", [str(info.home)]),
        ("settings", [f"{name} {value}" for name, value in info.settings]),
        ("models", [line for model in info.models for line in _model_lines(model)]),
        ("builds", [_build_line(build) for build in info.builds]),
        *([("damaged", list(info.damaged))] if info.damaged else []),
        ("serving", [_build_line(info.serving) if info.serving else info.remark or "none"]),
    ]
    return "\n".join(
        f"{title if first else '':10}{line}"
        for title, lines in rows
        for first, line in zip([True] + [False] * len(lines), lines or ["none"], strict=False)
    )


def _model_lines(model: ModelRecord) -> list[str]:
    identity = model.identity
    ids = f"look {identity.look_id}, space {identity.space_id}, reading {identity.reading_id}"
    about = f"{model.name} (backbone {model.backbone}, created {model.created}, {ids})"
    return [about, *(f"  doubt: {doubt}" for doubt in model.doubts)]


def _build_line(build: BuildInfo) -> str:
    state = f"{build.paintings:,} paintings" if build.finished else "unfinished"
    return f"{build.name} (model {build.model}, space {build.space_id}, {state}, from {build.source})"


def _libraries() -> dict[str, str]:
    return {name: number for name in LIBRARIES if (number := _version(name))}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
