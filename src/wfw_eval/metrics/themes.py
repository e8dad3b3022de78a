"""Which themes came up, with whom, how early, and what spoke against them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from wfw_eval.metrics.catalogue import metric
from wfw_eval.metrics.columns import Flags, check_lengths
from wfw_eval.metrics.mentions import membership, mention_table
from wfw_eval.metrics.representation import share
from wfw_eval.metrics.result import Result


@metric(
    "M24",
    name="Theme prevalence",
    unit="proportion",
    question="EQ8",
    formula="families that mention the theme / families, Wilson interval",
    source="framework of this evaluation; Wilson 1927",
    library="statsmodels",
)
def theme_prevalence(mentions: Any, **about: Any) -> dict[Any, Result]:
    """Return, for each theme, the share of families that mention it.

    Args:
        mentions: Families by themes, true where the family mentions the theme, as
            :func:`wfw_eval.metrics.mentions.incidence` makes it. A family with a missing value
            does not count for the theme.
        **about: Further attributes of each result.

    Returns:
        A proportion per theme, by its column, with its 95 % Wilson interval; not estimable if
        nobody was heard.

    Raises:
        ValueError: the table is not one of yes and no, or lists a family twice.

    Coverage:
        Counts of few families are coarse: for a theme that 15 % mention, 98.4 % of the intervals
        over 20 families held the truth, more than promised.

    Example:
        >>> from wfw_eval.metrics.mentions import incidence
        >>> table = incidence(["f1", "f2", "f2"], ["waits", "waits", "school"],
        ...                   all_units=["f1", "f2", "f3", "f4"])
        >>> {theme: found.value for theme, found in theme_prevalence(table).items()}
        {'waits': 0.5, 'school': 0.25}
    """
    table = mention_table(mentions)
    return {theme: _prevalence(table[theme], about) for theme in table.columns}


@metric(
    "M24",
    name="Theme prevalence by group",
    unit="proportion",
    question="EQ8",
    formula="families of the group that mention the theme / families of the group, Wilson interval",
    source="framework of this evaluation; Wilson 1927",
    library="statsmodels",
)
def theme_prevalence_by_group(
    mentions: pd.DataFrame, groups: pd.Series | pd.DataFrame, **about: Any
) -> dict[Any, dict[Any, Result]]:
    """Return, for each group and theme, the share of the group's families that mention it.

    Args:
        mentions: Families by themes, true where the family mentions the theme.
        groups: The group of each family; or, as groups overlap, families by groups, true where
            the family is in it. Either goes by family. A family of whom it is not known does not
            count for the group.
        **about: Further attributes of each result.

    Returns:
        Proportions by group, then theme, each with its 95 % Wilson interval.

    Raises:
        ValueError: the table is not one of yes and no, a family is listed twice, or one that is
            in ``mentions`` has no row in ``groups``.

    Coverage:
        As for :func:`theme_prevalence`: counts of few families are coarse.

    Example:
        >>> from wfw_eval.metrics.mentions import incidence
        >>> table = incidence(["f1", "f2", "f3"], ["waits", "waits", "school"])
        >>> groups = pd.Series(["rural", "urban", "urban"], index=["f1", "f2", "f3"])
        >>> theme_prevalence_by_group(table, groups)["urban"]["waits"].value
        0.5
    """
    table = mention_table(mentions)
    members = membership(groups, table.index, "family")
    return {
        group: {theme: _prevalence(table.loc[inside, theme], about) for theme in table.columns}
        for group, inside in ((name, (members[name] == 1).to_numpy()) for name in members.columns)
    }


@metric(
    "M24",
    name="Salience",
    unit="index",
    question="EQ8",
    formula="Smith's S = Σ (Lᵢ − rᵢ + 1)/Lᵢ / N; Lᵢ themes of i, rᵢ rank of the theme with i, 0 if "
    "not mentioned",
    source="Smith 1993, Cultural Anthropology Methods 5(3):1-3; Smith & Borgatti 1997",
)
def salience(
    units: Any, themes: Any, *, all_units: Sequence[Any] | None = None, **about: Any
) -> dict[Any, Result]:
    """Return how often and how early each theme comes up.

    Args:
        units: Interview (or family) of each mention, in the order in which they were made.
        themes: Theme of each mention. Of mentions by one interview the first counts.
        all_units: Every interview; without it, those with a mention.
        **about: Further attributes of each result.

    Returns:
        Smith's S per theme, from 0 (never) to 1 (first with everybody).

    Raises:
        ValueError: the columns are of different lengths, or a unit is not listed.

    Example:
        >>> found = salience(["a", "a", "b"], ["waits", "school", "waits"])
        >>> found["waits"].value, found["school"].value
        (1.0, 0.25)
    """
    check_lengths(units=units, themes=themes)
    rows = pd.DataFrame({"unit": list(units), "theme": list(themes)}, dtype=object)
    rows = rows.dropna().drop_duplicates()
    listed = rows["unit"].unique() if all_units is None else list(all_units)
    strange = rows.loc[~rows["unit"].isin(listed), "unit"]
    if len(strange):
        raise ValueError(f"unknown unit: {strange.iloc[0]}")
    by_unit = rows.groupby("unit", sort=False)["theme"]
    length, rank = by_unit.transform("size").astype(float), by_unit.cumcount() + 1
    weight = ((length - rank + 1) / length).groupby(rows["theme"], sort=False)
    n, times = len(listed), weight.size().to_dict()
    return {
        theme: Result(
            metric="M24", unit="index", value=float(total) / n,
            **{"count": int(times[theme]), "n": n, "of": "interviews", **about},
        )
        for theme, total in weight.sum().items()
    }  # fmt: skip


@metric(
    "M24",
    name="Negative cases",
    unit="count",
    question="EQ8",
    formula="families (or excerpts) with a link of kind contradicts to the theme or finding",
    source="Lincoln & Guba 1985, chapter 11",
)
def negative_cases(
    links: pd.DataFrame,
    targets: Collection[Any],
    *,
    families: pd.Series | None = None,
    **about: Any,
) -> dict[Any, Result]:
    """Return how many cases were recorded that speak against each theme or finding.

    None may mean that there are none, or that nobody looked.

    Args:
        links: Links with ``from_id``, ``to_id`` and ``kind``; those that contradict are counted.
        targets: Themes or findings, each of which gets a count.
        families: Family of each excerpt, by excerpt. The count is then of families, and excerpts of
            unknown families count one each; without it, of excerpts.
        **about: Further attributes of each result.

    Raises:
        ValueError: a column is lacking.

    Example:
        >>> links = pd.DataFrame({"from_id": ["e1", "e2", "e3"], "to_id": "waits",
        ...                       "kind": ["contradicts", "contradicts", "supports"]})
        >>> {name: found.value for name, found in negative_cases(links, ["waits"]).items()}
        {'waits': 2}
    """
    missing = {"from_id", "to_id", "kind"} - set(links.columns)
    if missing:
        raise ValueError(f"the table of links lacks {', '.join(sorted(missing))}")
    against = links[links["kind"] == "contradicts"]
    case = against["from_id"]
    if families is not None:
        known = case.map(families)
        case = known.where(known.notna(), case)
    cases = case.groupby(against["to_id"]).nunique()
    of = "excerpts" if families is None else "families"
    return {
        target: _count(int(cases.get(target, 0)), {"of": of, **about})
        for target in dict.fromkeys(targets)
    }


def _prevalence(column: pd.Series, about: dict[str, Any]) -> Result:
    heard: Flags = column.notna().to_numpy()
    known = {"of": "families", **about}
    result = share(int(column.sum()), int(heard.sum()), **known).about(metric="M24")
    return result if result.estimable else result.about(reason="nobody was heard")


def _count(cases: int, known: dict[str, Any]) -> Result:
    return Result(metric="M24", unit="count", value=cases, **{"count": cases, **known})
