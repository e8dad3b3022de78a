"""The families: where they live, what they disclosed, when they joined and why they left."""

from dataclasses import asdict

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Days, Draws, Flags, Labels
from wfw_eval.simulate.organisations import PARTNER_BY_AREA
from wfw_eval.simulate.provenance import with_provenance
from wfw_eval.simulate.truth import TRUTH

SIMD_QUINTILES = {"1": 33, "2": 24, "3": 16, "4": 12, "5": 9, "": 6}
RECORDED_BY_ANOTHER_PARTNER = 0.1
FIRST_JOINING = np.datetime64("2023-05-15")
LAST_JOINING = np.datetime64("2024-01-31")
OVERSIGHT_GROUP_JOINS = np.datetime64("2023-04-24")
SHORTEST_STAY = np.timedelta64(60, "D")
ASKED_AFTER = np.timedelta64(14, "D")
LONE_PARENT_STAYING_POWER = 0.5

LEAVING_PERIOD = {
    "burden": ("2023-12-01", "2024-03-15"),
    "completed": ("2024-02-15", "2024-05-15"),
    "safety": ("2023-09-01", "2024-03-31"),
    "life_event": ("2023-08-01", "2024-06-14"),
    "unknown": ("2023-08-01", "2024-06-14"),
}


def simulate_families(draws: Draws, scale: int) -> pd.DataFrame:
    """Return one row per family with all that its members share."""
    size = TRUTH.families * scale
    families = pd.DataFrame({"family_id": numbered("F", size, 3)})
    families = pd.concat([families, _places(draws, scale), _characteristics(draws, scale)], axis=1)
    families["simd_quintile"] = _quintile(draws, size)
    families["org_id"] = _recording_partner(draws, families["area"])
    lone_parent = (families["lone_parent"] == "yes").to_numpy()
    in_oversight_group = _oversight_group(draws, lone_parent, scale)
    families["in_oversight_group"] = in_oversight_group
    families["joined_on"] = _joining(draws, in_oversight_group)
    families["left_reason"] = _leaving_reason(draws, lone_parent, in_oversight_group, scale)
    families["left_on"] = _leaving(draws, families)
    return families


def numbered(letter: str, size: int, width: int) -> pd.Series:
    """Return identifiers such as ``F001``, all of one width so that they sort as numbered."""
    numbers = pd.Series(np.arange(1, size + 1)).astype("str")
    return letter + numbers.str.zfill(max(width, len(str(size))))


def characteristic_table(families: pd.DataFrame) -> pd.DataFrame:
    """Return one row per family and characteristic, with the answer the partner recorded."""
    answers = families.melt(
        id_vars=["family_id", "org_id", "joined_on"],
        value_vars=list(TRUTH.characteristics),
        var_name="char",
    )
    # A stable sort keeps the characteristics of a family in the order they are declared.
    answers = answers.sort_values("family_id", kind="stable", ignore_index=True)
    answers["as_of"] = answers["joined_on"] + ASKED_AFTER
    asked_on = answers["as_of"].to_numpy().astype("datetime64[D]")
    columns = ["family_id", "char", "value", "as_of"]
    return with_provenance(answers[columns], answers["org_id"], asked_on)


def _places(draws: Draws, scale: int) -> pd.DataFrame:
    counts = {"|".join(place): n * scale for place, n in TRUTH.families_by_place.items()}
    places = pd.Series(draws.share_out(counts), dtype="str").str.split("|", expand=True)
    return places.set_axis(["area", "urban_rural"], axis=1)


def _characteristics(draws: Draws, scale: int) -> pd.DataFrame:
    answers = {
        name: draws.share_out({answer: n * scale for answer, n in asdict(disclosure).items()})
        for name, disclosure in TRUTH.characteristics.items()
    }
    return pd.DataFrame(answers, dtype="str")


def _quintile(draws: Draws, size: int) -> pd.Series:
    drawn = pd.Series(draws.choose(SIMD_QUINTILES, size), dtype="str")
    return pd.to_numeric(drawn.where(drawn != "")).astype("Int64")


def _recording_partner(draws: Draws, area: pd.Series) -> pd.Series:
    nearest = area.map(PARTNER_BY_AREA)
    another = draws.choose(dict.fromkeys(sorted(set(PARTNER_BY_AREA.values())), 1), len(area))
    elsewhere = draws.chance(RECORDED_BY_ANOTHER_PARTNER, len(area))
    return nearest.mask(elsewhere, pd.Series(another, dtype="str"))


def _oversight_group(draws: Draws, lone_parent: Flags, scale: int) -> Flags:
    shuffled = draws.order(len(lone_parent))
    lone_parents = TRUTH.oversight_group_lone_parents * scale
    others = TRUTH.oversight_group_families * scale - lone_parents
    chosen = np.concatenate(
        [shuffled[lone_parent[shuffled]][:lone_parents], shuffled[~lone_parent[shuffled]][:others]]
    )
    return np.isin(np.arange(len(lone_parent)), chosen)


def _joining(draws: Draws, in_oversight_group: Flags) -> Days:
    size = len(in_oversight_group)
    period = int((LAST_JOINING - FIRST_JOINING).astype(np.int64))
    # The smaller of two draws leans towards the start: recruitment slows down.
    days = np.minimum(draws.below(period, size), draws.below(period, size))
    early = OVERSIGHT_GROUP_JOINS + draws.below(14, size)
    return np.where(in_oversight_group, early, FIRST_JOINING + days)


def _leaving_reason(draws: Draws, lone_parent: Flags, in_oversight: Flags, scale: int) -> Labels:
    counts = {reason: n * scale for reason, n in TRUTH.leaving.items()}
    staying_power = np.where(lone_parent, LONE_PARENT_STAYING_POWER, 1.0)
    weakest_first = np.argsort(draws.uniform(len(lone_parent)) * staying_power, kind="stable")
    overburdened = weakest_first[: counts.pop("burden")]
    reason = np.full(len(lone_parent), "", dtype=np.object_)
    reason[overburdened] = "burden"
    # Families of the oversight group see it through to the end, or leave because it is too much.
    others = np.flatnonzero((reason == "") & ~in_oversight)
    reason[others] = draws.share_out({**counts, "": len(others) - sum(counts.values())})
    return reason


def _leaving(draws: Draws, families: pd.DataFrame) -> pd.Series:
    reason = families["left_reason"]
    first = pd.to_datetime(reason.map({r: first for r, (first, _) in LEAVING_PERIOD.items()}))
    last = pd.to_datetime(reason.map({r: last for r, (_, last) in LEAVING_PERIOD.items()}))
    days = (last - first).dt.days.fillna(0).to_numpy().astype(np.int64)
    left_on = first + pd.to_timedelta(draws.below(days, len(families)), unit="D")
    earliest = families["joined_on"] + SHORTEST_STAY
    return left_on.mask(left_on < earliest, earliest).astype("datetime64[s]")
