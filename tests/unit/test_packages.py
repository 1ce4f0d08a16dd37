"""The four packages are flat, so that another installed `encoders` could take their place unnoticed."""

import importlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LISTED = PROJECT["tool"]["setuptools"]["packages"]


@pytest.mark.parametrize("name", [*LISTED, *PROJECT["tool"]["setuptools"]["py-modules"]])
def test_each_package_is_imported_from_this_project(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__).is_relative_to(ROOT)


def test_every_package_on_disk_is_listed() -> None:
    tops = {name.partition(".")[0] for name in LISTED}
    found = {
        ".".join(init.parent.relative_to(ROOT).parts)
        for top in tops
        for init in (ROOT / top).rglob("__init__.py")
    }
    assert found == set(LISTED)
