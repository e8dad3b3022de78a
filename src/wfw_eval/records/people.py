"""Contracts for people, families and organisations."""

from __future__ import annotations

from wfw_eval.records.contract import (
    PROVENANCE,
    Contract,
    ForeignKey,
    code,
    date,
    integer,
    text,
)

ROLES = (
    "child_u12",
    "young_person_12_17",
    "young_adult_18_25",
    "parent",
    "carer",
    "practitioner",
    "manager",
    "facilitator",
    "decision_maker",
)
CHARACTERISTICS = (
    "lone_parent",
    "disabled_adult_or_child",
    "three_plus_children",
    "minority_ethnic",
    "child_under_1",
    "mother_under_25",
    "care_experienced",
    "edge_of_care",
)
#: ``unknown``, ``prefer_not`` and ``not_asked`` are three different things, and none is "no".
DISCLOSED = ("yes", "no")
UNDISCLOSED = ("unknown", "prefer_not", "not_asked")

PERSON = Contract(
    "person",
    "people register",
    ("records",),
    (
        text("person_id", "Pseudonym of the person."),
        text("family_id", "Pseudonym of the family; empty for professionals.", required=False),
        code("role", "What the person takes part as.", ROLES),
        code(
            "stake", "Lived experience, professional, or both.", ("lived", "professional", "both")
        ),
        text("org_id", "Organisation the person works for or was recorded by.", required=False),
        date("joined_on", "First day involved."),
        date("left_on", "Last day involved; empty if still involved.", required=False),
        code(
            "left_reason",
            "Why the person left.",
            ("completed", "burden", "safety", "life_event", "unknown"),
            required=False,
        ),
        code("consent", "Consent held.", ("adult", "assent_plus_parent", "withdrawn")),
        text("area", "Area the person lives or works in."),
        code("urban_rural", "Two-fold urban rural classification.", ("urban", "rural")),
        integer(
            "simd_quintile", "Deprivation fifth, 1 most deprived.", required=False, low=1, high=5
        ),
        *PROVENANCE,
    ),
    key=("person_id",),
    foreign=(ForeignKey("org_id", "organisation", "org_id"),),
    dated_by="joined_on",
)

FAMILY_CHARACTERISTIC = Contract(
    "family_characteristic",
    "family characteristics",
    ("records",),
    (
        text("family_id", "Pseudonym of the family."),
        code("char", "Characteristic.", CHARACTERISTICS),
        code("value", "Whether the family has it.", (*DISCLOSED, *UNDISCLOSED)),
        date("as_of", "Day the answer was recorded."),
        *PROVENANCE,
    ),
    key=("family_id", "char"),
    foreign=(ForeignKey("family_id", "person", "family_id"),),
    dated_by="as_of",
)
