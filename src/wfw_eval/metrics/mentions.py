"""Tables of who brought up what: interviews or families by themes, and by groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from wfw_eval.metrics.columns import check_lengths


def incidence(
    units: Any,
    themes: Any,
    *,
    all_units: Sequence[Any] | None = None,
    all_themes: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """Return rows (a theme coded in an interview, or with a family) as a table of yes and no.

    Args:
        units: Interview or family of each row, shape ``(n,)``. Rows without one are left out.
        themes: Theme of each row.
        all_units: Every interview, in the order they were held, or every family; without it, those
            in the rows in the order in which they come. Units without a theme have none.
        all_themes: Every theme.

    Returns:
        A table of units by themes, true where the theme came up.

    Raises:
        ValueError: the columns are of different lengths, or a unit or theme is not listed.

    >>> incidence(["i1", "i1", "i2"], ["A", "B", "B"]).to_numpy().tolist()
    [[True, True], [False, True]]
    """
    check_lengths(units=units, themes=themes)
    rows = pd.DataFrame({"unit": list(units), "theme": list(themes)}, dtype=object).dropna()
    places = []
    for column, listed in (("unit", all_units), ("theme", all_themes)):
        names = pd.Index(rows[column].unique() if listed is None else list(listed), name=column)
        place = names.get_indexer(pd.Index(rows[column]))
        if (place < 0).any():
            raise ValueError(f"unknown {column}: {rows[column].to_numpy()[place < 0][0]}")
        places.append((names, place))
    (units_, row), (themes_, column_) = places
    found = np.zeros((len(units_), len(themes_)), dtype=bool)
    found[row, column_] = True
    return pd.DataFrame(found, index=units_, columns=themes_)


def mention_table(mentions: Any) -> pd.DataFrame:
    """Return a table of yes, no and missing as 1, 0 and NaN.

    Raises:
        ValueError: it holds anything else, is not a table, or lists a unit twice.
    """
    frame = mentions if isinstance(mentions, pd.DataFrame) else pd.DataFrame(np.asarray(mentions))
    if frame.index.has_duplicates:
        raise ValueError(f"{frame.index[frame.index.duplicated()][0]} is listed twice")
    if frame.columns.has_duplicates:
        raise ValueError(f"{frame.columns[frame.columns.duplicated()][0]} is listed twice")
    try:
        plain = all(isinstance(one, np.dtype) and one.kind in "biuf" for one in frame.dtypes)
        table = (frame if plain else frame.astype("Float64")).astype(float)
    except (TypeError, ValueError) as error:
        raise ValueError("mentions must be true or false (1 or 0)") from error
    values = table.to_numpy()
    if not np.all((values == 0) | (values == 1) | np.isnan(values)):
        raise ValueError("mentions must be true or false (1 or 0)")
    return table


def membership(groups: pd.Series | pd.DataFrame, units: pd.Index, unit: str) -> pd.DataFrame:
    """Return units by groups: 1 in the group, 0 not, NaN where it is not known.

    Raises:
        ValueError: a unit has no row, is listed twice, or a membership is not yes or no.
    """
    if groups.index.has_duplicates:
        raise ValueError(f"{groups.index[groups.index.duplicated()][0]} is listed twice")
    strange = units.difference(groups.index, sort=False)
    if len(strange):
        raise ValueError(f"{unit} {strange[0]} has no row in groups")
    rows = groups.loc[units]
    if isinstance(rows, pd.DataFrame):
        return mention_table(rows)
    names = [one for one in pd.unique(rows.astype(object)) if not pd.isna(one)]
    known = rows.notna()
    return pd.DataFrame({one: (rows == one).astype(float).where(known) for one in names},
                        index=rows.index)  # fmt: skip
