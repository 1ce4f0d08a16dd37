"""Which paintings the rows of a file speak of."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trainer.annotations.annotations import Counts

Work = tuple[str, str]  # style, name


@dataclass(frozen=True, slots=True)
class Names:
    """The works that m rows speak of, perhaps some of them twice, and the place of each row's among them."""

    row_of: Counts  # (m,)
    works: tuple[Work, ...]


def name_by_columns(styles: "pd.Series[str]", names: "pd.Series[str]") -> Names:
    """Works by the two columns that ArtEmis has for them."""
    style_of, distinct_styles = _distinct(styles)
    name_of, distinct_names = _distinct(names)
    row_of, pairs = pd.factorize(style_of * len(distinct_names) + name_of)
    places = np.column_stack(np.divmod(pairs, len(distinct_names))).tolist()
    return Names(row_of, tuple((distinct_styles[style], distinct_names[name]) for style, name in places))


def name_by_rule(cells: "pd.Series[str]", work: Callable[[str], Work]) -> Names:
    """Works by what a rule makes of a cell."""
    row_of, distinct = _distinct(cells)
    return Names(row_of, tuple(map(work, distinct)))


def _distinct(cells: "pd.Series[str]") -> tuple[Counts, list[str]]:
    place, names = pd.factorize(cells)
    return place, names.tolist()
