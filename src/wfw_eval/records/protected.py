"""Contract for the protected characteristics of the Equality Act 2010, in coarse bands."""

from __future__ import annotations

from wfw_eval.records.contract import PROVENANCE, Contract, ForeignKey, code, date, text
from wfw_eval.records.people import DISCLOSED, UNDISCLOSED

#: The nine protected characteristics, with the bands each is recorded in. The bands are coarse
#: on purpose: finer ones would single people out and could not be published.
BANDS: dict[str, tuple[str, ...]] = {
    "age": ("under_12", "12_to_17", "18_to_25", "26_to_44", "45_to_64", "65_and_over"),
    "disability": DISCLOSED,
    "gender_reassignment": DISCLOSED,
    "marriage_civil_partnership": DISCLOSED,
    "pregnancy_maternity": DISCLOSED,
    "race": (
        "white_scottish_british_irish",
        "white_minority",
        "mixed_multiple",
        "asian",
        "african_caribbean_black",
        "other_ethnic_group",
    ),
    "religion_belief": ("no_religion", "christian", "muslim", "other_religion_belief"),
    "sex": ("female", "male"),
    "sexual_orientation": ("heterosexual", "lesbian_gay_bisexual_other"),
}

_VALUES = tuple(dict.fromkeys(band for bands in BANDS.values() for band in bands))

PERSON_PROTECTED = Contract(
    "person_protected",
    "protected characteristics",
    ("records",),
    (
        text("person_id", "Pseudonym of the person."),
        code("char", "Protected characteristic the row is about.", BANDS),
        code(
            "value",
            "The person's own answer in a coarse band that belongs to the characteristic (yes or "
            "no for disability, gender reassignment, marriage and pregnancy), or why there is no "
            "answer: unknown, prefer_not and not_asked are three different things.",
            (*_VALUES, *UNDISCLOSED),
        ),
        date("as_of", "Day the answer was recorded."),
        *PROVENANCE,
    ),
    key=("person_id", "char"),
    foreign=(ForeignKey("person_id", "person", "person_id"),),
    dated_by="as_of",
)
