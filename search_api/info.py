"""What runs, with which settings, and what lies in the home."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from encoders.home import Home
from encoders.model_folder import ModelRecord, list_models
from indexer.errors import IndexNotFoundError
from indexer.shelves.builds import list_builds
from indexer.shelves.releases import served
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
    """A build in the home: with which model, of how many paintings."""

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

    `remark` says why none is served although one was promoted.
    """

    model_config = ConfigDict(frozen=True)

    versions: dict[str, str]
    home: Path
    settings: Settings
    models: tuple[ModelRecord, ...]
    builds: tuple[BuildInfo, ...]
    serving: BuildInfo | None
    remark: str | None


def gather(home: Home, environ: Mapping[str, str]) -> Info:
    """Look around; nothing is opened or loaded."""
    serving, remark = _served(home)
    builds = {build.name: build.manifest for build in list_builds(home)}
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
        home=home.path.resolve(),
        settings=Settings.resolve(environ),
        models=tuple(list_models(home)),
        builds=tuple(infos.values()),
        serving=infos[serving] if serving else None,
        remark=remark,
    )


def _served(home: Home) -> tuple[str | None, str | None]:
    """The served build's name, and what is wrong where the one that was promoted is gone."""
    try:
        release = served(home)
    except IndexNotFoundError as error:
        return None, str(error)
    return release.build.name if release else None, None


def describe(info: Info) -> str:
    """The same for people, in aligned lines."""
    rows = [
        ("versions", [f"{name} {number}" for name, number in info.versions.items()]),
        ("home", [str(info.home)]),
        ("settings", [f"{name} {value}" for name, value in info.settings]),
        ("models", [line for model in info.models for line in _model_lines(model)]),
        ("builds", [_build_line(build) for build in info.builds]),
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
