"""Findings, recommendations, and the links that lead to them."""

import pandas as pd

from wfw_eval.simulate.provenance import LEAD_ORGANISATION
from wfw_eval.simulate.tabulate import EVALUATOR, from_rows, recorded
from wfw_eval.simulate.truth import PROCESS_TRUTH

# Identifier, date, what it is about, tier, drafted by, edited by, signed off by, why dropped.
FINDINGS = (
    ("FI01", "2024-02-22", "waiting for help", "additional", "professional", "both", "both", None),
    (
        "FI02",
        "2024-02-22",
        "knowing what there is",
        "universal",
        "professional",
        None,
        "both",
        None,
    ),
    ("FI03", "2024-02-27", "the same worker", "intensive", "professional", "both", "both", None),
    ("FI04", "2024-03-05", "being listened to", "universal", "both", "both", "both", None),
    ("FI05", "2024-03-05", "help at school", "additional", "professional", None, "both", None),
    ("FI06", "2024-03-14", "time to rest", "intensive", "professional", None, "professional", None),
    (
        *("FI07", "2024-03-14", "money and housing", "none", "professional", None, None),
        "Simulated reason: outside what family support can change.",
    ),
    ("FI08", "2024-03-21", "meeting people", "additional", "both", "lived", "both", None),
)

# Identifier, date, what it is about, tier, drafted by, edited by, signed off by, why dropped,
# then upstream, the five marks of SMART, principles, clauses.
RECOMMENDATIONS = (
    (
        *("R01", "2024-03-26", "shorter waits", "additional", "professional", "both", "both"),
        *(None, True, True, True, True, True, True),
        *("responsive_and_timely|flexible", "1.4b|2.4b"),
    ),
    (
        *("R02", "2024-03-26", "help before a crisis", "universal", "professional", "both", "both"),
        *(None, True, False, False, True, True, False),
        *("responsive_and_timely|community_based", "1.1|1.5g|2.4b"),
    ),
    (
        *("R03", "2024-03-26", "one place to ask", "universal", "professional", None, "both"),
        *(None, True, True, False, True, True, False),
        *("community_based", "1.4a|1.5f"),
    ),
    (
        *("R04", "2024-04-04", "one lead worker", "intensive", "professional", "both", "both"),
        *(None, False, True, True, False, True, False),
        *("holistic_and_relational|patient_and_persistent", "1.4b|1.5f"),
    ),
    (
        *("R05", "2024-04-04", "families on every panel", "universal", "both", "both", "both"),
        *(None, False, True, True, True, True, False),
        *("empowerment_and_agency|childrens_rights", "1.5a|2.1"),
    ),
    (
        *("R06", "2024-04-04", "plain words", "universal", "both", "both", "professional"),
        *(None, None, False, False, True, True, False),
        *("non_stigmatising", "1.5d"),
    ),
    (
        *(
            "R07",
            "2024-04-16",
            "help at school",
            "additional",
            "professional",
            None,
            "professional",
        ),
        *(None, True, False, True, None, True, False),
        *("childrens_rights|family_assets", "1.3b|1.4c"),
    ),
    (
        *("R08", "2024-04-16", "time to rest", "intensive", "professional", None, "professional"),
        *(None, False, True, False, True, True, False),
        *("flexible", "1.4b"),
    ),
    (
        *("R09", "2024-04-26", "one shared record", "none", "professional", None, "professional"),
        *(None, False, True, True, True, False, True),
        *("", "1.4a"),
    ),
    (
        *("R10", "2024-04-26", "places to meet", "additional", "both", "lived", "both"),
        *(None, True, False, False, True, True, False),
        *("community_based|therapeutic", "1.4d|2.4b"),
    ),
    (
        *("R11", "2024-04-26", "a single waiting list", "additional", "professional", None, None),
        *("Simulated reason: put together with R01.", True, False, False, False, True, False),
        *("", "2.4b"),
    ),
)
AUTHORS = ("drafted_by", "edited_by", "signed_off_by", "dropped_reason")
SMART = ("specific", "measurable", "achievable", "relevant", "time_bound")

# From, to, kind, by, date, reason.
LINKS = (
    ("TH13", "TH08", "merged_into", "coder_1", "2024-02-15", "Simulated reason: seldom used."),
    ("TH02", "FI01", "supports", "coder_1", "2024-02-22", None),
    ("TH03", "FI02", "supports", "coder_1", "2024-02-22", None),
    ("TH07", "FI03", "supports", "coder_1", "2024-02-27", None),
    ("TH08", "FI04", "supports", "coder_1", "2024-03-05", None),
    ("TH03", "FI04", "supports", "coder_1", "2024-03-05", None),
    ("TH06", "FI04", "excluded", "coder_1", "2024-03-05", None),
    ("TH10", "FI05", "supports", "coder_1", "2024-03-05", None),
    ("TH12", "FI06", "supports", "coder_1", "2024-03-14", None),
    (
        *("TH11", "FI07", "excluded", "core_oversight_group", "2024-03-14"),
        "Simulated reason: outside what family support can change.",
    ),
    ("TH04", "FI02", "contradicts", "coder_2", "2024-03-21", None),
    ("FI01", "R01", "supports", "core_oversight_group", "2024-03-26", None),
    ("FI01", "R02", "supports", "core_oversight_group", "2024-03-26", None),
    ("FI02", "R03", "supports", "core_oversight_group", "2024-03-26", None),
    ("FI03", "R04", "supports", "core_oversight_group", "2024-04-04", None),
    ("FI04", "R05", "supports", "core_oversight_group", "2024-04-04", None),
    ("FI04", "R06", "supports", "core_oversight_group", "2024-04-04", None),
    ("FI05", "R07", "supports", "core_oversight_group", "2024-04-16", None),
    ("FI06", "R08", "supports", "core_oversight_group", "2024-04-16", None),
    ("FI08", "R10", "supports", "core_oversight_group", "2024-04-26", None),
    (
        *("R11", "R01", "merged_into", "core_oversight_group", "2024-05-14"),
        "Simulated reason: both ask for shorter waits.",
    ),
)
DIRECT_SUPPORT, DIRECT_FINDING = 5, "FI08"
CONTRADICTIONS, CONTRADICTED_THEME, CONTRADICTED_FINDING = 3, "TH07", "FI03"


def finding_table() -> pd.DataFrame:
    """Return the findings; no family had a hand in drafting most of them."""
    table = from_rows(("finding_id", "date", "text", "tier", *AUTHORS), FINDINGS)
    table["text"] = "Simulated finding about " + table["text"] + "."
    return recorded(table, LEAD_ORGANISATION)


def recommendation_table() -> pd.DataFrame:
    """Return the recommendations. The one that was dropped has no weight."""
    smart = tuple(f"smart_{mark}" for mark in SMART)
    ends = ("upstream", *smart, "principles", "clauses")
    table = from_rows(("rec_id", "date", "text", "tier", *AUTHORS, *ends), RECOMMENDATIONS)
    table["text"] = "Simulated recommendation: " + table["text"] + "."
    table["weight"] = table["rec_id"].map(PROCESS_TRUTH.weights)
    table = table.astype(dict.fromkeys(("upstream", *smart), "boolean"))
    columns = ["rec_id", "date", "text", "weight", "tier", *ends, *AUTHORS]
    return recorded(table[columns], LEAD_ORGANISATION)


def link_table(excerpts: pd.DataFrame) -> pd.DataFrame:
    """Return the links between themes, findings and recommendations, and some from excerpts."""
    links = from_rows(("from_id", "to_id", "kind", "by", "date", "reason"), LINKS)
    table = pd.concat([_direct(excerpts), _negative(excerpts), links], ignore_index=True)
    made_by_evaluator = table["by"] == "coder_2"
    source = pd.Series(LEAD_ORGANISATION, index=table.index).mask(made_by_evaluator, EVALUATOR)
    return recorded(table, source)


def _direct(excerpts: pd.DataFrame) -> pd.DataFrame:
    """Link excerpts of several families straight to a finding that no theme leads to."""
    named = excerpts[~excerpts["anonymous"] & excerpts["family_id"].notna()]
    named = named[named["sentiment"] == "pos"]
    first = named.drop_duplicates("family_id").iloc[:DIRECT_SUPPORT]
    date = pd.Timestamp("2024-03-21")
    return _from_excerpts(first, DIRECT_FINDING, "supports", "coder_1", date)


def _negative(excerpts: pd.DataFrame) -> pd.DataFrame:
    theme = excerpts["theme_id"] == CONTRADICTED_THEME
    against = excerpts[theme & (excerpts["sentiment"] == "neg")].iloc[:CONTRADICTIONS]
    date = pd.Timestamp("2024-03-21")
    return _from_excerpts(against, CONTRADICTED_FINDING, "contradicts", "coder_2", date)


def _from_excerpts(
    excerpts: pd.DataFrame, to: str, kind: str, by: str, date: pd.Timestamp
) -> pd.DataFrame:
    links = pd.DataFrame({"from_id": excerpts["excerpt_id"], "to_id": to, "kind": kind, "by": by})
    return links.assign(date=pd.Series(date, index=links.index).astype("datetime64[s]"))
