"""Reads the modules of a sentence-transformers folder without running anybody's code."""

import json
from pathlib import Path
from typing import Any

from sentence_transformers.base.modules import Module, Router
from sentence_transformers.util import import_module_class

from encoders.hub import quietly
from encoders.palette.module import PaletteFeatures

OWN_MODULES = {f"{PaletteFeatures.__module__}.{PaletteFeatures.__name__}": PaletteFeatures}


def read_modules(folder: Path) -> list[Module]:
    """The modules that `modules.json` lists, in order.

    `SentenceTransformer(folder)` reads the same, but needs `trust_remote_code=True`, which would also run
    code that lies in the folder, as soon as a module is not its own. Here only sentence-transformers'
    modules and ours are known.

    Raises:
        ValueError: the folder names another class.
        OSError: a file is missing.
    """
    with quietly():
        entries = json.loads((folder / "modules.json").read_text())
        return [_read_module(folder, entry["type"], entry["path"]) for entry in entries]


def _read_module(folder: Path, class_name: str, path: str) -> Module:
    module_class: Any = OWN_MODULES.get(class_name) or import_module_class(class_name, str(folder))
    inner = {"module_classes": OWN_MODULES} if issubclass(module_class, Router) else {}
    module = module_class.load(str(folder), subfolder=path, local_files_only=True, **inner)
    assert isinstance(module, Module)
    return module
