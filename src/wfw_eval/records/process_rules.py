"""Integrity rules between the tables on money, meetings, voices and recommendations.

A rule passes over empty cells, since what is missing or unreadable has been reported already;
only of two cells of which one is needed does it ask for either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from wfw_eval.errors import Problem
from wfw_eval.params import RunFile
from wfw_eval.records.protected import BANDS
from wfw_eval.records.rules import Rule, Tables

#: How far the weights of all recommendations may be from 1.
WEIGHT_TOLERANCE = 0.001
#: How far, in pounds, spending and awards of an organisation may be apart.
POUND = 1.0

PRESENCE = ["session_id", "person_id"]


def turn_by_someone_present(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Only people who attended a session speak in it."""
    turn = tables["turn"].dropna(subset=PRESENCE)
    absent = turn[~_among(turn, tables["attendance"])]
    step = "Correct the speaker, or add the person to attendance.csv."
    yield from _problems(absent, "person_id", "did not attend session {session_id}", step)


def attended_as_invited(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Who is said to have come after an invitation is in the attendance register."""
    invitation = tables["invitation"].dropna(subset=PRESENCE)
    came = invitation[invitation["outcome"] == "attended"]
    lost = came[~_among(came, tables["attendance"])]
    rule = "but attendance has no row for {person_id} at session {session_id}"
    yield from _problems(lost, "outcome", rule, "Correct the outcome, or add the attendance.")


def second_coding_by_another(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Each round of coding an excerpt is by other people, so that agreement means something.

    Two coders of one round, and two raters of one decision, have rows of their own by the keys of
    those tables. Whether a rater or coder took part in what is rated cannot be checked: they have
    pseudonyms of their own.
    """
    coding = tables["coding"].dropna(subset=["excerpt_id", "coder_id", "round"])
    first = coding.groupby(["excerpt_id", "coder_id"])["round"].transform("min")
    again = coding.assign(first=first)[coding["round"] > first]
    rule = "has coded excerpt {excerpt_id} already in round {first}; agreement needs another coder"
    yield from _problems(again, "coder_id", rule, "Correct the coder or the round.")


def decision_in_stage(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Decisions are dated between the first and the last session of their stage.

    Nothing is said of a stage without a session.
    """
    windows = tables["session"].groupby("stage")["date"].agg(first="min", last="max")
    dated = tables["decision"].join(windows, on="stage")
    outside = dated[(dated["date"] < dated["first"]) | (dated["date"] > dated["last"])]
    rule = "must be within the stage {stage}, whose sessions run from {first:%Y-%m-%d} to "
    rule += "{last:%Y-%m-%d}"
    yield from _problems(outside, "date", rule, "Correct the date or the stage.")


def weights_add_up(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """The weights of the recommendations, where any are given, add up to 1."""
    weighted = tables["recommendation"].dropna(subset=["weight"])
    total = float(weighted["weight"].sum())
    if len(weighted) and abs(total - 1) > WEIGHT_TOLERANCE:
        rule = "the weights of all recommendations must add up to 1"
        place = weighted["_place"].iloc[0]
        yield Problem(place, None, "weight", f"{total:g}", rule, "Correct the weights.")


def spend_within_awards(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """No organisation spends more than it was awarded; pennies may be rounded."""
    totals = _accounts(tables)
    over = totals[totals["spent"] > totals["awarded"] + POUND]
    rule = "{org_id} spent {spent:.2f} pounds in all, more than the {awarded:.2f} it was awarded"
    yield from _problems(over, "gbp", rule, "Correct the amounts, or add the missing award.")


def spend_reconciles(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """What an organisation was awarded is accounted for, to the pound.

    Overspending is left to :func:`spend_within_awards`.
    """
    totals = _accounts(tables)
    under = totals[totals["spent"] < totals["awarded"] - POUND]
    rule = "{org_id} spent {spent:.2f} pounds in all of the {awarded:.2f} it was awarded"
    yield from _problems(under, "gbp", rule, "Add the missing spending, or correct the amounts.")


def answer_within_scale(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Answers lie on the scale of their item."""
    items = tables["item"].dropna(subset=["item_id"]).drop_duplicates("item_id")
    scales = items.set_index("item_id")[["scale_min", "scale_max"]]
    scaled = tables["response_item"].join(scales, on="item_id")
    off = scaled[(scaled["value"] < scaled["scale_min"]) | (scaled["value"] > scaled["scale_max"])]
    rule = "must be on the scale of item {item_id}, from {scale_min:g} to {scale_max:g}"
    yield from _problems(off, "value", rule, "Correct the answer, or the scale in item.csv.")


def answer_or_reason(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """An answer is given, or the reason why there is none, and not both."""
    answer = tables["response_item"]
    both = answer["value"].notna() & answer["na_reason"].notna()
    neither = answer["value"].isna() & answer["na_reason"].isna()
    rule = "must be empty where there is an answer ({value:g})"
    yield from _problems(answer[both], "na_reason", rule, "Empty one of the two cells.")
    rule = "must say why there is no answer"
    yield from _problems(answer[neither], "na_reason", rule, "Fill value or na_reason.")


def received_near_due(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Returns come at the earliest one year before they are due."""
    receipt = tables["receipt"]
    early = receipt[receipt["received"] < receipt["due"] - pd.DateOffset(years=1)]
    rule = "is more than a year before the return was due ({due:%Y-%m-%d})"
    yield from _problems(early, "received", rule, "Correct one of the two dates.")


def one_outcome_an_application(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """The rows of an application, one a panel member, agree on what it was and what came of it."""
    application = tables["application"].dropna(subset=["app_id"])
    for column in ("org_id", "date", "outcome"):
        first = application.groupby("app_id")[column].transform("first")
        cells = application[column]
        other = application[cells.notna() & (cells != first)]
        rule = f"is not what an earlier row of application {{app_id}} says for {column}"
        yield from _problems(other, column, rule, "Correct the row that is wrong.")


def band_suits_characteristic(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """A protected characteristic is recorded in its own bands."""
    own = {(char, band) for char, bands in BANDS.items() for band in bands}
    every = {band for _, band in own}
    answer = tables["person_protected"].dropna(subset=["char", "value"])
    disclosed = answer[answer["value"].isin(every)]
    pairs = pd.MultiIndex.from_frame(disclosed[["char", "value"]])
    for char, rows in disclosed[~pairs.isin(own)].groupby("char"):
        rule = f"is not a band of {char}, which has: {', '.join(BANDS[str(char)])}"
        yield from _problems(rows, "value", rule, "Use one of these bands.")


def link_between_known_things(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Links start and end at excerpts, themes, findings and recommendations there are."""
    link = tables["link"]
    ends = {name: set(tables[name][key].dropna()) for name, key in _LINKED.items()}
    for column, names in (("from_id", list(ends)), ("to_id", list(ends)[1:])):
        known = set().union(*(ends[name] for name in names))
        lost = link[link[column].notna() & ~link[column].isin(known)]
        rule = f"is not in any of the tables {', '.join(names)}"
        yield from _problems(lost, column, rule, "Correct it, or add the row it names.")


def speaker_of_turn(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """A turn names the person who spoke, or the role."""
    yield from _nobody_named(tables["turn"], "role")


def speaker_of_excerpt(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """An excerpt names the person who said it, or the role."""
    yield from _nobody_named(tables["excerpt"], "role")


def receiver_of_feedback(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Feedback names the person who was told, or the group."""
    yield from _nobody_named(tables["feedback_event"], "group")


def problems_between(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Apply the rules whose tables all have rows; a table without rows is reported for itself."""
    yield from _apply(PROCESS_RULES, tables, run_file)


def observations_between(tables: Tables, run_file: RunFile) -> Iterator[Problem]:
    """Find what does not add up and is for the evaluation to report, not for the file to mend."""
    yield from _apply(OBSERVATIONS, tables, run_file)


def _apply(rules: Mapping[Rule, tuple[str, ...]], tables: Tables, run_file: RunFile
           ) -> Iterator[Problem]:  # fmt: skip
    for rule, needed in rules.items():
        if all(name in tables and not tables[name].empty for name in needed):
            yield from rule(tables, run_file)


def _nobody_named(frame: pd.DataFrame, instead: str) -> Iterator[Problem]:
    nobody = frame[frame["person_id"].isna() & frame[instead].isna()]
    rule = f"the cell is empty, and so is {instead}; one of the two is needed"
    yield from _problems(nobody, "person_id", rule, "Fill one of the two cells.")


def _among(frame: pd.DataFrame, attendance: pd.DataFrame) -> pd.Series[bool]:
    """Tell for each row whether its person attended its session."""
    present = attendance[PRESENCE].dropna().drop_duplicates()
    found = frame[PRESENCE].merge(present, how="left", on=PRESENCE, indicator=True)
    return pd.Series(found["_merge"].to_numpy() == "both", index=frame.index)


def _accounts(tables: Tables) -> pd.DataFrame:
    """Total awards and spending by organisation, placed at its last row of spending or award."""
    named = {name: tables[name].dropna(subset=["org_id"]) for name in ("award", "spend")}
    placed = pd.concat([named["award"], named["spend"]])
    placed = placed.drop_duplicates("org_id", keep="last").set_index("org_id")
    for name, total in (("award", "awarded"), ("spend", "spent")):
        sums = named[name].groupby("org_id")["gbp"].sum(skipna=False)  # unknown if a cell is empty
        placed[total] = sums.reindex(placed.index, fill_value=0.0)
    return placed.assign(gbp=placed["spent"]).reset_index()


def _problems(frame: pd.DataFrame, column: str, rule: str, step: str) -> Iterator[Problem]:
    """Report rows; the rule may name columns of the row in braces."""
    for row in frame.to_dict("records"):
        yield Problem(
            row["_place"], int(row["_row"]), column, _shown(row[column]), rule.format_map(row), step
        )


def _shown(value: Any) -> str | None:
    """Write a cell as it stands in the file; an empty one has nothing to show."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


#: Key of each table a link may join, from what people said to what was recommended.
_LINKED = {
    "excerpt": "excerpt_id",
    "theme": "theme_id",
    "finding": "finding_id",
    "recommendation": "rec_id",
}

#: Every rule, in the order in which problems are listed, with the tables that must have rows.
PROCESS_RULES: dict[Rule, tuple[str, ...]] = {
    one_outcome_an_application: ("application",),
    received_near_due: ("receipt",),
    band_suits_characteristic: ("person_protected",),
    attended_as_invited: ("invitation", "attendance"),
    speaker_of_turn: ("turn",),
    turn_by_someone_present: ("turn", "attendance"),
    decision_in_stage: ("decision", "session"),
    speaker_of_excerpt: ("excerpt",),
    second_coding_by_another: ("coding",),
    weights_add_up: ("recommendation",),
    link_between_known_things: ("link", *_LINKED),
    answer_within_scale: ("response_item", "item"),
    answer_or_reason: ("response_item",),
    receiver_of_feedback: ("feedback_event",),
}

#: Rules whose breach is a finding: money that is unspent or overspent was still recorded.
OBSERVATIONS: dict[Rule, tuple[str, ...]] = {
    spend_within_awards: ("award", "spend"),
    spend_reconciles: ("award", "spend"),
}
