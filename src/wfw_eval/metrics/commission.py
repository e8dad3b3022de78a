"""What was commissioned, what was claimed afterwards, and how far the two agree.

All of it is read from the documentary record: every clause and every commitment is known, so
shares are complete counts without a sampling interval. What evidence a run holds for a claim
is read from the tables themselves, by the class of evidence of their rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from wfw_eval.errors import InputError
from wfw_eval.metrics.delivery import commitment_match, lost_qualifiers, scope_drift
from wfw_eval.metrics.result import Result, Unit, not_estimable

Cells = dict[str, Result | str]
Rows = dict[str, Cells]
Frames = Mapping[str, pd.DataFrame | None]

CLAUSE_KINDS = {
    "context": "Context: law, policy and background",
    "definition": "Definition of co-production",
    "outcome": "Aim or outcome",
    "output": "Output",
    "activity": "Activity",
    "criterion": "Criterion for choosing partners",
    "duty": "Duty of a named body",
    "resource": "Money and other resources",
    "milestone": "Row of the timeline",
    "claim": "Published claim",
}

DISCREPANCY_KINDS = {
    "contradiction": "Contradiction",
    "drift": "Drift",
    "gap": "Gap",
    "tension": "Tension",
    "independence": "Independence",
    "typo": "Misnaming",
}
MATERIALITY = ("high", "medium", "low")

#: Texts compared for the definition: column of yes or no, and column of the exact phrase.
DEFINITIONS = {"in_2_2": "phrase_2_2", "in_W8": "phrase_W8", "in_W9": "phrase_W9"}

OVERLAPS = {
    "both": "Both definitions",
    "only_planned": "Only the one planned",
    "only_published": "Only the one published",
    "neither": "Neither, only the explanation",
}

#: Discrepancies that other parts of the evaluation work out from the records.
COMPUTED_ELSEWHERE = frozenset({"D02", "D03"})
#: The discrepancy that :func:`guaranteed` works out.
COVERAGE = "D24"

#: Classes of evidence that may bear on a claim; plans and claims never do.
ADMISSIBLE = frozenset({"observed", "recorded", "reported"})

#: What the tables that claims ask for are called as long as they have not been received.
WANTED = {
    "source": "transcripts, notes and drawings",
    "excerpt": "excerpts of what people said",
    "coding": "coding of the excerpts",
    "recommendation": "recommendations",
    "link": "links from accounts to recommendations",
    "response": "responses to the recommendations",
    "decision": "record of decisions",
    "decision_rating": "ratings of who held authority",
    "turn": "turns at speaking",
    "response_item": "answers to questionnaires",
    "support": "support offered and received",
    "communication": "communications issued",
    "learning": "lessons recorded",
    "contribution_claim": "contribution claims and their tests",
    "award": "awards to partners",
    "tie": "working ties between bodies",
}

#: The metric that a count of each kind of thing belongs to.
METRICS = {
    "clauses": "M40",
    "commitments": "M40",
    "qualifiers": "M40",
    "discrepancies": "M40",
    "criteria": "M18",
    "organisations": "M06",
    "groups": "M06",
    "claims": "M48",
    "tables": "M48",
    "rows": "M48",
}

NO_SUCH_TABLE = ("there is no such table", "there is no such file")


def inventory_rows(clause: pd.DataFrame, document: pd.DataFrame) -> Rows:
    """Count the clauses and statements of each kind in each document.

    Returns:
        Per kind that occurs: label, and one cell per document under its letter.
    """
    counts = clause.groupby(["kind", "doc"]).size()
    return {
        kind: {
            "label": label,
            **{doc: _count(int(counts.get((kind, doc), 0)), "clauses") for doc in document["doc"]},
        }
        for kind, label in CLAUSE_KINDS.items()
        if kind in set(clause["kind"])
    }


def inventory(clause: pd.DataFrame, commitment: pd.DataFrame) -> dict[str, Result]:
    """Count everything: clauses, in all and by document, and commitments."""
    documents = clause["doc"].value_counts()
    return {
        "clauses": _count(len(clause), "clauses"),
        **{str(doc): _count(int(count), "clauses") for doc, count in documents.items()},
        "commitments": _count(len(commitment), "commitments"),
        "lead": _count(int(commitment["lead"].sum()), "commitments"),
    }


def clarity_rows(commitment: pd.DataFrame) -> Rows:
    """Count the commitments that say who, by when, and how one would know."""
    stated = {
        "owner": ("Who is responsible", commitment["owner_body_id"].notna()),
        "date": ("By when", commitment["due_end"].notna()),
        "measure": ("How one would know", commitment["measure"].notna()),
    }
    together = pd.concat([given for _, given in stated.values()], axis=1)
    stated["all"] = ("All of these", together.all(axis=1))
    stated["none"] = ("None of these", ~together.any(axis=1))
    return {
        name: {
            "label": label,
            "commitments": _share(int(given.sum()), len(commitment), "commitments"),
        }
        for name, (label, given) in stated.items()
    }


def commitment_rows(commitment: pd.DataFrame, body: pd.DataFrame) -> Rows:
    """List every commitment with its owner, its date, and the statement that claims it."""
    names = body.set_index("body_id")["name"]
    return {
        row["commitment_id"]: {
            "clause": row["clause_id"],
            "statement": row["statement"],
            "owner": _words(names.get(row["owner_body_id"]), "none"),
            "date": "none" if pd.isna(row["due_end"]) else f"{row['due_end']:%B %Y}",
            "measure": "none" if pd.isna(row["measure"]) else "yes",
            "claim": _words(row["claim_clause_id"], "none"),
        }
        for _, row in commitment.iterrows()
    }


def definition_rows(criteria: pd.DataFrame) -> Rows:
    """List the criteria with what each text says of them: yes or no, and its phrase."""
    return {
        row["criterion_id"]: {
            "label": row["label"],
            **{answer: row[answer] for answer in DEFINITIONS},
            **{phrase: _words(row[phrase], "not named") for phrase in DEFINITIONS.values()},
        }
        for _, row in criteria.iterrows()
    }


def definition_overlap(criteria: pd.DataFrame) -> dict[str, Result]:
    """Count the criteria that both definitions hold, that one holds, and that neither holds."""
    return {
        name: _share(int(held.sum()), len(criteria), "criteria")
        for name, held in _overlap(criteria).items()
    }


def definition_lists(criteria: pd.DataFrame) -> dict[str, list[str]]:
    """Name the criteria as :func:`definition_overlap` counts them."""
    return {
        name: [label[:1].lower() + label[1:] for label in criteria.loc[held, "label"]]
        for name, held in _overlap(criteria).items()
    }


def definition_gains(criteria: pd.DataFrame) -> Rows:
    """List what both definitions hold, what each adds, and what only the explanation adds."""
    counts, names = definition_overlap(criteria), definition_lists(criteria)
    return {
        name: {
            "label": label,
            "criteria": counts[name],
            "names": _capital("; ".join(names[name]) or "nothing"),
        }
        for name, label in OVERLAPS.items()
    }


def matches(commitment: pd.DataFrame) -> dict[str, Result]:
    """Return the share of commitments that a published statement claims (M40).

    Returns:
        ``all`` commitments, the ``lead`` ones, and the ``others``.
    """
    lead = commitment["lead"].astype(bool)
    parts = {"all": commitment, "lead": commitment[lead], "others": commitment[~lead]}
    return {name: commitment_match(_claims(part)) for name, part in parts.items()}


def drift_rows(commitment: pd.DataFrame, clause: pd.DataFrame, discrepancy: pd.DataFrame) -> Rows:
    """Compare each commitment with the statement that claims it, phrase by phrase (M40).

    Args:
        commitment: Table ``commitment``; those without a claim are left out.
        clause: Table ``clause``, whose key phrases are the claim's own words.
        discrepancy: Table ``discrepancy``, to name the drifts already registered.

    Returns:
        Per commitment: label, from (its clause), to (the claim), kept and lost (counts), drift
        (the share lost), lost_phrases, kept_phrases and register (discrepancies, or "none").
    """
    phrases = clause.set_index("clause_id")["key_phrases"]
    claimed = commitment[commitment["claim_clause_id"].notna()]
    return {
        row["commitment_id"]: {
            "label": f"{row['clause_id']}: {row['statement']}",
            "from": row["clause_id"],
            "to": row["claim_clause_id"],
            **_drift(row["qualifiers"], phrases[row["claim_clause_id"]]),
            "register": ", ".join(_registered(row, discrepancy)) or "none",
        }
        for _, row in claimed.iterrows()
    }


def lossy(rows: Mapping[str, Cells]) -> Rows:
    """Return the rows of :func:`drift_rows` that lost something."""
    return {key: dict(row) for key, row in rows.items() if _number(row["lost"])}


def drift_total(rows: Mapping[str, Cells]) -> dict[str, Result]:
    """Sum up :func:`drift_rows`: qualifiers lost in all, and commitments by what they kept."""
    kept = [_number(row["kept"]) for row in rows.values()]
    lost = [_number(row["lost"]) for row in rows.values()]
    fates = {
        "whole": sum(not gone for gone in lost),
        "emptied": sum(not left for left in kept),
        "unregistered": len(unregistered(rows)),
    }
    return {
        "drift": _share(sum(lost), sum(kept) + sum(lost), "qualifiers"),
        **{name: _share(count, len(rows), "commitments") for name, count in fates.items()},
    }


def fates(rows: Mapping[str, Cells]) -> dict[str, list[str]]:
    """Name the clauses that lost nothing, that lost everything, and that no register holds."""
    return {
        "whole": [str(row["from"]) for row in rows.values() if not _number(row["lost"])],
        "emptied": [str(row["from"]) for row in rows.values() if not _number(row["kept"])],
        "unregistered": unregistered(rows),
    }


def unregistered(rows: Mapping[str, Cells]) -> list[str]:
    """Name the clauses that lost something of which the register says nothing."""
    return [str(row["from"]) for row in lossy(rows).values() if row["register"] == "none"]


def register_matrix(discrepancy: pd.DataFrame) -> Rows:
    """Count the discrepancies of each kind by materiality; a kind without any counts 0."""
    counts = discrepancy.groupby(["kind", "materiality"]).size()
    return {
        kind: {
            "label": label,
            **{level: _count(int(counts.get((kind, level), 0)), "discrepancies")
               for level in MATERIALITY},
        }
        for kind, label in DISCREPANCY_KINDS.items()
    }  # fmt: skip


def register_summary(discrepancy: pd.DataFrame) -> dict[str, Result]:
    """Count the discrepancies in all, by materiality, by status, and the high ones still open."""
    high, still = discrepancy["materiality"] == "high", discrepancy["status"] == "open"
    counts = {
        **{level: discrepancy["materiality"] == level for level in MATERIALITY},
        **{state: discrepancy["status"] == state for state in ("open", "explained", "resolved")},
        "high_open": high & still,
        "high_contradictions_open": high & still & (discrepancy["kind"] == "contradiction"),
    }
    return {
        "all": _count(len(discrepancy), "discrepancies"),
        **{name: _share(int(chosen.sum()), len(discrepancy), "discrepancies")
           for name, chosen in counts.items()},
    }  # fmt: skip


def register_rows(discrepancy: pd.DataFrame, materiality: str) -> Rows:
    """List the discrepancies of one level of materiality."""
    return {
        row["disc_id"]: {
            "id": row["disc_id"],
            "kind": DISCREPANCY_KINDS[row["kind"]],
            "clauses": _sides(row["clause_a"], row["clause_b"]),
            "what": row["what"],
            "treatment": row["treatment"],
            "reading": _words(row["default_reading"], "none needed"),
        }
        for _, row in discrepancy[discrepancy["materiality"] == materiality].iterrows()
    }


def how_found(discrepancy: pd.DataFrame, drifts: Mapping[str, Cells]) -> dict[str, list[str]]:
    """Name the discrepancies that this evaluation computes, and where; the rest were read.

    Args:
        discrepancy: Table ``discrepancy``.
        drifts: Rows of :func:`drift_rows`.
    """
    found = {name for row in drifts.values() for name in str(row["register"]).split(", ")}
    computed = {"here": found | {COVERAGE}, "elsewhere": COMPUTED_ELSEWHERE}
    names = {where: [each for each in discrepancy["disc_id"] if each in ids]
             for where, ids in computed.items()}  # fmt: skip
    known = set(names["here"]) | set(names["elsewhere"])
    return {**names, "read": [each for each in discrepancy["disc_id"] if each not in known]}


def named_partners(organisation: pd.DataFrame, body: pd.DataFrame) -> pd.DataFrame:
    """Return the third sector organisations that the documents name, without the lead partner."""
    lead = body.loc[body["kind"] == "lead", "body_id"]
    documentary = ~organisation["synthetic"].fillna(False).astype(bool)
    third = organisation["sector"] == "third"
    named = organisation["named_in"].map(len) > 0
    return organisation[documentary & third & named & ~organisation["org_id"].isin(lead)]


def partner_rows(partners: pd.DataFrame, groups: pd.DataFrame) -> Rows:
    """List the partners named, with the priority groups and the area the documents state."""
    labels = groups.set_index("group")["label"]
    return {
        row["org_id"]: {
            "label": _capital(row["name"]),
            "named_in": ", ".join(row["named_in"]),
            "groups": "; ".join(labels[group] for group in row["priority_groups"]) or "not stated",
            "area": _words(row["area"], "not stated"),
        }
        for _, row in partners.iterrows()
    }


def guaranteed(partners: pd.DataFrame, groups: pd.DataFrame) -> dict[str, Result]:
    """Return how many priority groups the documents alone guarantee (D24).

    Selection asks each partner for a link with one group, so it guarantees at most as many
    groups as there are partners; which ones, only a stated link can tell.

    Args:
        partners: Rows of :func:`named_partners`.
        groups: Table ``priority_group``, the priority ones only.

    Returns:
        partners, with_group and with_area (shares of the partners), stated (groups that a
        partner states) and at_most (groups that selection could guarantee).
    """
    wanted = set(groups["group"])
    stated = {group for served in partners["priority_groups"] for group in served} & wanted
    with_group = partners["priority_groups"].map(lambda served: bool(wanted & set(served)))
    most = min(len(partners), len(wanted))
    return {
        "partners": _count(len(partners), "organisations"),
        "with_group": _share(int(with_group.sum()), len(partners), "organisations"),
        "with_area": _share(int(partners["area"].notna().sum()), len(partners), "organisations"),
        "stated": _share(len(stated), len(wanted), "groups"),
        "at_most": _share(most, len(wanted), "groups"),
    }


def received(claims: pd.DataFrame, read: Callable[[str], pd.DataFrame]) -> Frames:
    """Read every table that a claim asks for; what cannot be had is None.

    A table without a class of evidence is no evidence, whatever it is called.

    Args:
        claims: Table ``claim_evidence``.
        read: Returns a table by its name.

    Raises:
        InputError: a table is there and breaks its contract.
    """
    names = dict.fromkeys(name for tables in claims["evidence_tables"] for name in tables)
    frames = {name: _read(name, read) for name in names}
    return {name: frame if frame is not None and "evidence_class" in frame else None
            for name, frame in frames.items()}  # fmt: skip


def holding_rows(claims: pd.DataFrame, frames: Frames, titles: Mapping[str, str]) -> Rows:
    """List the tables that claims ask for, with what this run holds of each.

    Args:
        claims: Table ``claim_evidence``.
        frames: What :func:`received` returned.
        titles: What a reader calls a table that was received.

    Returns:
        Per table: label, claims (that ask for it), state, rows, real (rows that are evidence
        and not simulated).
    """
    asked = {name: [row["clause_id"] for _, row in claims.iterrows()
                    if name in row["evidence_tables"]] for name in frames}  # fmt: skip
    known = {name: title for name, title in titles.items() if frames.get(name) is not None}
    order = sorted(frames, key=lambda name: (_rank(frames[name]), -len(asked[name])))
    return {
        name: {
            "label": _capital((WANTED | known).get(name, name.replace("_", " "))),
            "claims": ", ".join(asked[name]),
            "state": _state(frames[name]),
            "rows": _count(0 if (frame := frames[name]) is None else len(frame), "rows"),
            "real": _count(_evidence(frames[name])[0], "rows"),
        }
        for name in order
    }


def claim_rows(claims: pd.DataFrame, frames: Frames) -> Rows:
    """List the published claims with what would admit each, and what this run holds.

    Returns:
        Per claim: label, claim, would_show, limits, needed (tables asked for), simulated and
        real (tables with at least one row of evidence, all of them simulated or not).
    """
    return {
        row["clause_id"]: {
            "label": row["clause_id"],
            "claim": row["claim"],
            "would_show": row["would_show"],
            "limits": _words(row["limits"], "none stated"),
            **_held([frames[name] for name in row["evidence_tables"]]),
        }
        for _, row in claims.iterrows()
    }


def claims_summary(claims: pd.DataFrame, rows: Mapping[str, Cells],
                   holdings: Mapping[str, Cells]) -> dict[str, Result]:  # fmt: skip
    """Sum up what the claims rest on: their class, the tables held, and those that are real."""
    claimed = int((claims["evidence_class"] == "claimed").sum())
    supported = sum(_number(row["real"]) > 0 for row in rows.values())
    states = [row["state"] for row in holdings.values()]
    real = sum(_number(row["real"]) > 0 for row in holdings.values())
    return {
        "claimed": _share(claimed, len(claims), "claims"),
        "supported": _share(supported, len(claims), "claims"),
        "missing": _share(states.count("not received"), len(states), "tables"),
        "simulated": _share(states.count("simulated"), len(states), "tables"),
        "planned": _share(states.count("plans and claims only"), len(states), "tables"),
        "real": _share(real, len(states), "tables"),
    }


def _count(count: int, of: str) -> Result:
    return Result(metric=METRICS[of], unit="count", value=count, count=count, of=of)


def _share(count: int, n: int, of: str) -> Result:
    """Return a share of things that are all known: it has no sampling interval."""
    unit: Unit = "proportion"
    if n == 0:
        return not_estimable(METRICS[of], unit, f"there are no {of}", count=count, n=n, of=of)
    return Result(metric=METRICS[of], unit=unit, value=count / n, count=count, n=n, of=of,
                  method="complete count")  # fmt: skip


def _number(cell: Result | str) -> int:
    return int(cell.count or 0) if isinstance(cell, Result) else 0


def _words(value: object, missing: str) -> str:
    return missing if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _overlap(criteria: pd.DataFrame) -> dict[str, pd.Series]:
    planned, published, explained = (criteria[column] == "yes" for column in DEFINITIONS)
    return {
        "both": planned & published,
        "only_planned": planned & ~published,
        "only_published": published & ~planned,
        "neither": ~planned & ~published,
        "everywhere": planned & published & explained,
    }


def _claims(commitment: pd.DataFrame) -> dict[str, str | None]:
    pairs = zip(commitment["commitment_id"], commitment["claim_clause_id"], strict=True)
    return {key: None if pd.isna(claim) else str(claim) for key, claim in pairs}


def _drift(qualifiers: Sequence[str], claimed: Sequence[str]) -> Cells:
    lost = lost_qualifiers(qualifiers, claimed)
    kept = [phrase for phrase in qualifiers if phrase not in lost]
    return {
        "kept": _count(len(kept), "qualifiers"),
        "lost": _count(len(lost), "qualifiers"),
        "drift": scope_drift(qualifiers, claimed),
        "kept_phrases": "; ".join(kept) or "none",
        "lost_phrases": "; ".join(lost) or "none",
    }


def _registered(commitment: pd.Series, discrepancy: pd.DataFrame) -> list[str]:
    """Name the drifts in the register that are about this commitment and its claim."""
    return [
        str(row["disc_id"])
        for _, row in discrepancy[discrepancy["kind"] == "drift"].iterrows()
        if commitment["clause_id"] in row["clause_a"]
        and commitment["claim_clause_id"] in row["clause_b"]
    ]


def _sides(first: Iterable[str], second: Iterable[str]) -> str:
    sides = [", ".join(side) for side in (first, second)]
    return " against ".join(filter(None, sides))


def _read(name: str, read: Callable[[str], pd.DataFrame]) -> pd.DataFrame | None:
    try:
        return read(name)
    except InputError as error:
        if any(problem.rule not in NO_SUCH_TABLE for problem in error.problems):
            raise
        return None


def _evidence(frame: pd.DataFrame | None) -> tuple[int, int]:
    """Count the rows that are evidence: real ones, and simulated ones."""
    if frame is None:
        return 0, 0
    rows = frame[frame["evidence_class"].isin(ADMISSIBLE)]
    simulated = int(rows["synthetic"].fillna(False).astype(bool).sum())
    return len(rows) - simulated, simulated


def _state(frame: pd.DataFrame | None) -> str:
    real, simulated = _evidence(frame)
    if frame is None:
        return "not received"
    if not real and not simulated:
        return "plans and claims only"
    if not simulated:
        return "received"
    return "partly simulated" if real else "simulated"


def _rank(frame: pd.DataFrame | None) -> int:
    """Put tables with evidence first, and those not received last."""
    return 2 if frame is None else int(not any(_evidence(frame)))


def _held(frames: Sequence[pd.DataFrame | None]) -> Cells:
    found = [_evidence(frame) for frame in frames]
    return {
        "needed": _count(len(frames), "tables"),
        "simulated": _count(sum(not real and bool(made) for real, made in found), "tables"),
        "real": _count(sum(bool(real) for real, _ in found), "tables"),
    }
