"""Options that commands share, as dataclasses: a command takes one of them, its users see each field."""

import inspect
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import get_type_hints


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Let typer see the fields of the dataclasses that a command takes as options of their own."""
    hints = get_type_hints(command, include_extras=True)
    groups = {name: hint for name, hint in hints.items() if isinstance(hint, type) and is_dataclass(hint)}

    def spread(**given: object) -> None:
        for name, group in groups.items():
            given[name] = group(**{field.name: given.pop(field.name) for field in fields(group)})
        command(**given)

    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command).parameters.values():
        group = groups.get(parameter.name)
        parameters += map(_parameter, fields(group)) if group else [parameter]
    keywords = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters]
    spread.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]
    spread.__name__, spread.__doc__ = command.__name__, command.__doc__
    return spread


def _parameter(field: Field[object]) -> inspect.Parameter:
    default = inspect.Parameter.empty if field.default is MISSING else field.default
    return inspect.Parameter(
        field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=field.type
    )
