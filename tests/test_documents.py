"""The documentary record says what the two source texts say, and never copies them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

DOCUMENTS = Path(__file__).parents[1] / "data_raw" / "documents"
SOURCES = Path(__file__).parents[2] / "shared" / "sources"
PROPOSAL = SOURCES / "proposal.txt"
WEB_PAGE = SOURCES / "web_page.txt"

needs_sources = pytest.mark.skipif(
    not SOURCES.is_dir(),
    reason=f"the two source texts are not part of the package; expected in {SOURCES}",
)

LONGEST_PHRASE = 7
COPIED_RUN = 8

TABLES = (
    "document",
    "clause",
    "commitment",
    "body",
    "organisation",
    "milestone",
    "discrepancy",
    "definition_criterion",
    "claim_evidence",
)
ROWS = {
    "document": 2,
    "clause": 84,
    "commitment": 23,
    "milestone": 42,
    "discrepancy": 37,
    "organisation": 6,
}
BULLETS = {
    "1.3": "abcd",
    "1.4": "abcde",
    "1.5": "abcdefg",
    "2.4": "abc",
    "2.9": "abcd",
    "2.10": "abcdefg",
    "2.11": "abc",
    "W5": "abc",
}
CODES = [
    ("clause", "doc", "P W"),
    (
        "clause",
        "kind",
        "context definition outcome output activity criterion duty resource milestone claim",
    ),
    ("commitment", "lead", "true false"),
    ("body", "kind", "oversight leadership forum panel partner council hscp lead"),
    ("organisation", "sector", "third public other"),
    ("milestone", "baseline", "A_literal B_corrected C_18m"),
    ("milestone", "precision", "day month tbc"),
    ("milestone", "owner_stated", "true false"),
    ("discrepancy", "kind", "contradiction drift gap tension independence typo"),
    ("discrepancy", "materiality", "high medium low"),
    ("discrepancy", "status", "open explained resolved"),
    ("definition_criterion", "in_2_2", "yes no"),
    ("definition_criterion", "in_W8", "yes no"),
    ("definition_criterion", "in_W9", "yes no"),
]
FOREIGN_KEYS = [
    ("commitment", "clause_id", "clause", "clause_id"),
    ("commitment", "claim_clause_id", "clause", "clause_id"),
    ("commitment", "owner_body_id", "body", "body_id"),
    ("body", "named_in", "clause", "clause_id"),
    ("organisation", "named_in", "clause", "clause_id"),
    ("organisation", "org_id", "body", "body_id"),
    ("milestone", "clause_id", "clause", "clause_id"),
    ("milestone", "actual_source", "clause", "clause_id"),
    ("milestone", "owner_body_ids", "body", "body_id"),
    ("discrepancy", "clause_a", "clause", "clause_id"),
    ("discrepancy", "clause_b", "clause", "clause_id"),
    ("claim_evidence", "clause_id", "clause", "clause_id"),
    ("clause", "doc", "document", "doc"),
]
#: Tables of the evaluator's records that a claim may be held against.
RECORD_TABLES = {
    "organisation",
    "application",
    "award",
    "spend",
    "person",
    "family_characteristic",
    "person_protected",
    "session",
    "invitation",
    "attendance",
    "support",
    "turn",
    "decision",
    "decision_rating",
    "source",
    "excerpt",
    "theme",
    "coding",
    "finding",
    "recommendation",
    "link",
    "response",
    "feedback_event",
    "response_item",
    "tie",
    "milestone",
    "risk",
    "communication",
    "learning",
    "contribution_claim",
    "receipt",
}
PARAPHRASES = {
    "document": ("title", "period_stated", "note"),
    "clause": ("text",),
    "commitment": ("statement", "measure"),
    "milestone": ("label", "note"),
    "discrepancy": ("what", "why_it_matters", "treatment", "default_reading"),
    "definition_criterion": ("label", "note"),
    "claim_evidence": ("claim", "would_show", "limits"),
}
#: How many qualifiers of a commitment the published claim loses, and out of how many.
DRIFT = [
    ("2.1", "W1", 5, 9),
    ("2.4a", "W5a", 6, 6),
    ("2.4b", "W5a", 3, 7),
    ("2.4c", "W5c", 0, 4),
    ("2.11a", "W5a", 2, 7),
    ("2.11b", "W5b", 3, 4),
    ("2.11c", "W5c", 0, 4),
]
#: First words of each web page statement, in the order of the page.
WEB_STARTS = [
    ("W1", "The Together for Change project aimed"),
    ("W2", "The project also set out"),
    ("W3", "The project was a collaboration"),
    ("W4", "Over the course"),
    ("W5a", "• A co-produced report"),
    ("W5b", "• Meaningful engagement"),
    ("W5c", "• Reflection and learning"),
    ("W6", "One of the parents"),
    ("W7", "Project Reports"),
    ("W8", "What is Co-Production?"),
    ("W9", "Co-production is a collaborative approach"),
]


# The tables ---------------------------------------------------------------------------------


@cache
def table(name: str) -> pd.DataFrame:
    """Read a table as text: ``2.10`` is a clause, not a number."""
    return pd.read_csv(DOCUMENTS / f"{name}.csv", dtype=str, keep_default_na=False)


def listed(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def values(name: str, column: str) -> set[str]:
    return {value for cell in table(name)[column] for value in listed(cell)}


def clauses() -> pd.DataFrame:
    return table("clause").set_index("clause_id")


def commitment(clause_id: str) -> pd.Series:
    return table("commitment").set_index("clause_id").loc[clause_id]


# The sources --------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Lower-case, with straight quotation marks and single spaces."""
    for marks, straight in (("‘’`", "'"), ("“”", '"'), ("*", "")):
        for mark in marks:
            text = text.replace(mark, straight)
    return " ".join(text.casefold().split())


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", plain(text).replace("'", ""))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + COPIED_RUN]) for i in range(len(found) - COPIED_RUN + 1)}


def says(text: str, phrase: str) -> bool:
    """Whether whole words of a text hold the phrase."""
    return re.search(rf"(?<!\w){re.escape(plain(phrase))}(?!\w)", plain(text)) is not None


def proposal_lines() -> Iterator[tuple[str, str]]:
    """Yield each line of the proposal with the clause, bullet or timeline row it belongs to."""
    clause, bullets, rows = "", 0, 0
    for line in PROPOSAL.read_text(encoding="utf-8").splitlines():
        if "\t" in line:
            rows += 1
            yield f"T{rows}", line
        elif start := re.match(r"(\d\.\d+)\.\s", line):
            clause, bullets = start[1], 0
            yield clause, line
        elif line.startswith("- "):
            bullets += 1
            yield f"{clause}{chr(ord('a') + bullets - 1)}", line
        elif line.startswith(" - "):
            yield f"{clause}{chr(ord('a') + bullets - 1)}", line
        elif clause:
            yield clause, line


def web_lines() -> Iterator[tuple[str, str]]:
    """Yield each line of the web page with the statement it belongs to."""
    label, coming = "", iter(WEB_STARTS)
    following, start = next(coming)
    for line in WEB_PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith(start):
            label = following
            following, start = next(coming, ("", "\n"))
        if label:
            yield label, line


@cache
def sources() -> dict[str, str]:
    """Return the source text of every clause, without its bullets."""
    texts = dict.fromkeys(table("clause")["clause_id"], "")
    for clause_id, line in (*proposal_lines(), *web_lines()):
        texts[clause_id] = f"{texts[clause_id]} {line}"
    texts["W5"] = texts["W4"]
    return texts


def source(clause_id: str) -> str:
    """Return the source text of a clause with its bullets."""
    bullets = (f"{clause_id}{letter}" for letter in BULLETS.get(clause_id, ""))
    return " ".join(sources()[label] for label in (clause_id, *bullets))


def phrases() -> Iterator[tuple[str, str, list[str]]]:
    """Yield every exact phrase with where it stands and the clauses it may come from."""
    for row in table("clause").itertuples():
        for phrase in listed(row.key_phrases):
            yield f"clause {row.clause_id}", phrase, [row.clause_id]
    for row in table("commitment").itertuples():
        for phrase in listed(row.qualifiers):
            yield f"commitment {row.commitment_id}", phrase, [row.clause_id]
    for row in table("discrepancy").itertuples():
        for quote, cited in ((row.quote_a, row.clause_a), (row.quote_b, row.clause_b)):
            if quote:
                yield f"discrepancy {row.disc_id}", quote, listed(cited)
    for row in table("definition_criterion").to_dict("records"):
        for column, clause_id in (("phrase_2_2", "2.2"), ("phrase_W8", "W8"), ("phrase_W9", "W9")):
            if row[column]:
                yield f"criterion {row['criterion_id']}", row[column], [clause_id]


# Form ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_file_is_plain_utf8_csv(name: str) -> None:
    content = (DOCUMENTS / f"{name}.csv").read_bytes().decode("utf-8")
    assert "\r" not in content
    assert content.endswith("\n")
    assert not content.startswith("\ufeff")


@pytest.mark.parametrize("name", TABLES)
def test_cells_are_trimmed(name: str) -> None:
    untrimmed = table(name).map(lambda cell: any(v != v.strip() or not v for v in listed(cell)))
    assert not untrimmed.to_numpy().any()


@pytest.mark.parametrize("name", TABLES)
def test_table_ends_with_provenance_of_real_text(name: str) -> None:
    assert list(table(name).columns[-2:]) == ["evidence_class", "synthetic"]
    assert set(table(name)["evidence_class"]) <= {"planned", "claimed", "recorded"}
    assert set(table(name)["synthetic"]) == {"false"}


@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_number_of_rows(name: str, rows: int) -> None:
    assert len(table(name)) == rows


@pytest.mark.parametrize(("name", "column", "allowed"), CODES)
def test_codes(name: str, column: str, allowed: str) -> None:
    assert set(table(name)[column]) <= set(allowed.split())


@pytest.mark.parametrize(("name", "column", "target", "key"), FOREIGN_KEYS)
def test_foreign_key_resolves(name: str, column: str, target: str, key: str) -> None:
    assert values(name, column) <= values(target, key)


@pytest.mark.parametrize(
    "key",
    [
        ("document", "doc"),
        ("clause", "clause_id"),
        ("commitment", "commitment_id"),
        ("commitment", "clause_id"),
        ("body", "body_id"),
        ("organisation", "org_id"),
        ("discrepancy", "disc_id"),
        ("definition_criterion", "criterion_id"),
        ("claim_evidence", "clause_id"),
    ],
)
def test_key_is_unique(key: tuple[str, str]) -> None:
    assert table(key[0])[key[1]].is_unique


@pytest.mark.parametrize(("parent", "letters"), BULLETS.items())
def test_every_bullet_is_a_clause(parent: str, letters: str) -> None:
    ids = values("clause", "clause_id")
    assert {f"{parent}{letter}" for letter in letters} <= ids
    assert f"{parent}{chr(ord(letters[-1]) + 1)}" not in ids


@pytest.mark.parametrize(("doc", "evidence"), [("P", "planned"), ("W", "claimed")])
def test_evidence_class_follows_the_document(doc: str, evidence: str) -> None:
    chosen = table("clause").query("doc == @doc")
    assert set(chosen["evidence_class"]) == {evidence}
    assert list(chosen["sequence"].astype(int)) == list(range(1, len(chosen) + 1))


# Faithful to the sources, in other words ----------------------------------------------------


@needs_sources
def test_every_clause_has_a_source() -> None:
    assert [clause_id for clause_id, text in sources().items() if not text.strip()] == []


@needs_sources
def test_phrases_are_found_word_for_word() -> None:
    absent = [
        (where, phrase)
        for where, phrase, cited in phrases()
        if not any(says(source(clause_id), phrase) for clause_id in cited)
    ]
    assert absent == []


def test_phrases_are_short() -> None:
    long = [
        (where, phrase) for where, phrase, _ in phrases() if len(phrase.split()) > LONGEST_PHRASE
    ]
    assert long == []


@needs_sources
@pytest.mark.parametrize(
    ("name", "column"), [(name, column) for name in PARAPHRASES for column in PARAPHRASES[name]]
)
def test_paraphrase_copies_no_sentence(name: str, column: str) -> None:
    originals = runs(PROPOSAL.read_text("utf-8")) | runs(WEB_PAGE.read_text("utf-8"))
    copied = {" ".join(run) for cell in table(name)[column] for run in runs(cell) & originals}
    assert copied == set()


@needs_sources
@pytest.mark.parametrize("name", ["body", "organisation"])
def test_named_in_lists_exactly_the_clauses_that_name_it(name: str) -> None:
    for row in table(name).to_dict("records"):
        aliases = listed(row.get("aliases", "")) or listed(
            table("body").set_index("body_id").loc[row["org_id"], "aliases"]
        )
        naming = {
            clause_id
            for clause_id, text in sources().items()
            if any(says(text, alias) for alias in aliases)
        }
        assert set(listed(row["named_in"])) == naming, row["name"]


@needs_sources
def test_every_alias_is_a_spelling_of_the_texts() -> None:
    unseen = [
        alias
        for alias in values("body", "aliases")
        if not any(says(text, alias) for text in sources().values())
    ]
    assert unseen == []


# Commitments and drift ----------------------------------------------------------------------


@needs_sources
def test_a_qualifier_counts_as_kept_exactly_when_the_claim_says_it() -> None:
    for row in table("commitment").query("claim_clause_id != ''").itertuples():
        listed_phrases = {plain(p) for p in listed(clauses().key_phrases[row.claim_clause_id])}
        for qualifier in listed(row.qualifiers):
            kept = plain(qualifier) in listed_phrases
            assert kept == says(source(row.claim_clause_id), qualifier), (row.clause_id, qualifier)


@pytest.mark.parametrize(("clause_id", "claim", "lost", "of"), DRIFT)
def test_qualifiers_lost(clause_id: str, claim: str, lost: int, of: int) -> None:
    row = commitment(clause_id)
    kept = {plain(phrase) for phrase in listed(clauses().key_phrases[claim])}
    qualifiers = [plain(phrase) for phrase in listed(row.qualifiers)]
    assert row.claim_clause_id == claim
    assert (sum(phrase not in kept for phrase in qualifiers), len(qualifiers)) == (lost, of)


@pytest.mark.parametrize(
    ("clause_id", "lost"),
    [
        ("2.4a", "co-produced review"),
        ("2.4b", "no wrong door"),
        ("2.4b", "Supporting Families Toolkit for Change"),
        ("2.11a", "Supporting Families Toolkit for Change"),
        ("2.11b", "priority children and families"),
        ("2.1", "establishing the conditions"),
    ],
)
def test_drift_of_the_register_is_in_the_phrases(clause_id: str, lost: str) -> None:
    row = commitment(clause_id)
    assert lost in listed(row.qualifiers)
    assert lost not in listed(clauses().key_phrases[row.claim_clause_id])


def test_qualifiers_are_key_phrases_of_their_clause() -> None:
    for row in table("commitment").itertuples():
        assert set(listed(row.qualifiers)) <= set(listed(clauses().key_phrases[row.clause_id]))


def test_lead_commitments_are_the_outcomes_and_outputs() -> None:
    lead = set(table("commitment").query("lead == 'true'")["clause_id"])
    assert lead == {f"{clause}{letter}" for clause in ("2.4", "2.11") for letter in "abc"}


# Milestones ---------------------------------------------------------------------------------


def milestone(name: str, baseline: str) -> pd.Series:
    return table("milestone").set_index(["milestone_id", "baseline"]).loc[(name, baseline)]


def day(row: pd.Series, column: str) -> pd.Timestamp:
    return pd.Timestamp(row[column])


def days(row: pd.Series, which: str) -> int:
    """Count days from start to end, both included."""
    return (day(row, f"{which}_end") - day(row, f"{which}_start")).days + 1


def months(row: pd.Series) -> int:
    start, end = day(row, "planned_start"), day(row, "planned_end")
    return (end.year - start.year) * 12 + end.month - start.month + 1


@pytest.mark.parametrize("baseline", ["A_literal", "B_corrected", "C_18m"])
def test_every_baseline_has_the_project_and_thirteen_rows(baseline: str) -> None:
    named = table("milestone").query("baseline == @baseline")["milestone_id"]
    assert list(named) == ["PROJECT", *(f"T{n}" for n in range(1, 14))]


@pytest.mark.parametrize(
    ("baseline", "planned", "slip"),
    [
        ("A_literal", 456, 91),
        ("B_corrected", 456, 91),
        ("C_18m", 547, 0),
    ],
)
def test_length_and_slip_of_the_project(baseline: str, planned: int, slip: int) -> None:
    project = milestone("PROJECT", baseline)
    assert days(project, "planned") == planned
    assert days(project, "actual") == 547
    assert days(project, "actual") / planned == pytest.approx(547 / planned)
    assert (day(project, "actual_end") - day(project, "planned_end")).days == slip


@pytest.mark.parametrize(
    ("baseline", "expected"),
    [
        ("A_literal", 16),
        ("B_corrected", 4),
        ("C_18m", 4),
    ],
)
def test_months_of_fieldwork(baseline: str, expected: int) -> None:
    assert months(milestone("T10", baseline)) == expected


def test_literal_fieldwork_overlaps_what_follows_it() -> None:
    fieldwork = milestone("T10", "A_literal")
    project = milestone("PROJECT", "A_literal")
    first = day(milestone("T11", "A_literal"), "planned_start")
    last = day(milestone("T13", "A_literal"), "planned_end")
    end = day(fieldwork, "planned_end")
    assert (min(last, end) - first).days + 1 == 152
    assert (end - day(project, "planned_end")).days == 214
    assert (end - day(project, "actual_end")).days == 123


def test_only_the_project_has_published_dates() -> None:
    dated = table("milestone").query("actual_start != '' or actual_end != ''")
    assert set(dated["milestone_id"]) == {"PROJECT"}
    assert set(dated["actual_source"]) == {"W4"}


def test_rows_without_an_organisation_as_owner() -> None:
    unowned = table("milestone").query("owner_stated == 'false'")
    assert set(unowned["milestone_id"]) == {"T5", "T10"}
    assert set(unowned["owner_body_ids"]) == {""}


def test_dates_are_empty_exactly_where_they_are_to_be_confirmed() -> None:
    rows = table("milestone")
    assert ((rows["planned_start"] == "") == (rows["precision"] == "tbc")).all()
    assert ((rows["planned_end"] == "") == (rows["precision"] == "tbc")).all()


@pytest.mark.parametrize("name", [f"T{n}" for n in range(1, 14)])
def test_readings_differ_only_in_the_fieldwork(name: str) -> None:
    dates = {
        tuple(milestone(name, baseline)[["planned_start", "planned_end"]])
        for baseline in ("A_literal", "B_corrected", "C_18m")
    }
    assert len(dates) == (2 if name == "T10" else 1)


# Register, definitions, claims --------------------------------------------------------------


def test_every_discrepancy_is_present_once() -> None:
    assert list(table("discrepancy")["disc_id"]) == [f"D{n:02d}" for n in range(1, 38)]


def test_discrepancies_name_chapters_and_questions() -> None:
    assert values("discrepancy", "affects") <= {f"{n:02d}" for n in range(14)}
    assert values("discrepancy", "question") <= {f"EQ{n}" for n in range(1, 14)}
    assert (table("discrepancy")[["affects", "question"]] != "").to_numpy().all()


@pytest.mark.parametrize("column", ["2_2", "W8", "W9"])
def test_a_criterion_holds_exactly_where_a_phrase_shows_it(column: str) -> None:
    rows = table("definition_criterion")
    assert ((rows[f"in_{column}"] == "yes") == (rows[f"phrase_{column}"] != "")).all()


def test_claims_are_held_against_known_tables() -> None:
    assert values("claim_evidence", "evidence_tables") <= RECORD_TABLES
    assert {clause_id[0] for clause_id in table("claim_evidence")["clause_id"]} == {"W"}
