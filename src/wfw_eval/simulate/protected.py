"""The protected characteristics of each person, in coarse bands."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from wfw_eval.simulate.draws import Draws, Labels
from wfw_eval.simulate.families import ASKED_AFTER
from wfw_eval.simulate.people import UNDER_18
from wfw_eval.simulate.provenance import LEAD_ORGANISATION
from wfw_eval.simulate.tabulate import recorded

UNDISCLOSED = ("unknown", "prefer_not", "not_asked")

# A role that fixes the age band. No parent is under 25, as the families recorded no such mother.
AGE_OF_ROLE = {
    "child_u12": "under_12",
    "young_person_12_17": "12_to_17",
    "young_adult_18_25": "18_to_25",
}
OTHER_AGES = {"26_to_44": 62, "45_to_64": 29, "65_and_over": 3, "unknown": 4, "prefer_not": 2}

WEIGHTS: Mapping[str, Mapping[str, int]] = {
    "disability": {"yes": 14, "no": 66, "unknown": 8, "prefer_not": 7, "not_asked": 5},
    "gender_reassignment": {"yes": 1, "no": 55, "unknown": 9, "prefer_not": 10, "not_asked": 25},
    "marriage_civil_partnership": {"yes": 34, "no": 46, "unknown": 8, "prefer_not": 4},
    "pregnancy_maternity": {"yes": 5, "no": 73, "unknown": 10, "prefer_not": 4, "not_asked": 8},
    "race": {
        "white_scottish_british_irish": 74,
        "white_minority": 6,
        "mixed_multiple": 1,
        "asian": 3,
        "african_caribbean_black": 1,
        "other_ethnic_group": 1,
        "unknown": 7,
        "prefer_not": 3,
        "not_asked": 4,
    },
    "religion_belief": {
        "no_religion": 40,
        "christian": 22,
        "muslim": 2,
        "other_religion_belief": 2,
        "unknown": 12,
        "prefer_not": 10,
        "not_asked": 12,
    },
    "sex": {"female": 68, "male": 27, "unknown": 3, "prefer_not": 2},
    "sexual_orientation": {
        "heterosexual": 46,
        "lesbian_gay_bisexual_other": 4,
        "unknown": 10,
        "prefer_not": 15,
        "not_asked": 25,
    },
}

NOT_ASKED_OF_UNDER_18S = (
    "gender_reassignment",
    "marriage_civil_partnership",
    "pregnancy_maternity",
    "sexual_orientation",
)
MINORITY_ETHNIC = {"asian": 4, "african_caribbean_black": 2, "mixed_multiple": 2}


def person_protected_table(
    draws: Draws, person: pd.DataFrame, characteristic: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per person and characteristic. Nothing contradicts what the family said."""
    answers = person[["person_id", "org_id", "joined_on", "stake"]].assign(age=_age(draws, person))
    under_18 = person["role"].isin(UNDER_18)
    for char, weights in WEIGHTS.items():
        drawn = pd.Series(draws.choose(weights, len(person)), dtype="str")
        never = under_18 if char in NOT_ASKED_OF_UNDER_18S else under_18 & False
        answers[char] = drawn.mask(never, "not_asked")
    answers["race"] = _race(
        draws, answers["race"], _of_family(person, characteristic, "minority_ethnic")
    )
    disabled = _of_family(person, characteristic, "disabled_adult_or_child")
    answers["disability"] = answers["disability"].mask(disabled == "no", "no")
    return _long(answers)


def _long(answers: pd.DataFrame) -> pd.DataFrame:
    names = ["age", *WEIGHTS]
    same = ["person_id", "org_id", "joined_on", "stake"]
    table = answers.melt(id_vars=same, value_vars=names, var_name="char")
    table = table.sort_values("person_id", kind="stable", ignore_index=True)
    table["as_of"] = table["joined_on"] + ASKED_AFTER
    source = table["org_id"].where(table["stake"] == "lived", LEAD_ORGANISATION)
    return recorded(table[["person_id", "char", "value", "as_of"]], source, "as_of")


def _age(draws: Draws, person: pd.DataFrame) -> pd.Series:
    drawn = pd.Series(draws.choose(OTHER_AGES, len(person)), dtype="str")
    return person["role"].map(AGE_OF_ROLE).fillna(drawn)


def _race(draws: Draws, drawn: pd.Series, minority_ethnic: pd.Series) -> pd.Series:
    """Fit the band to what the family disclosed; what it did not disclose stays undisclosed."""
    minority: Labels = draws.choose(MINORITY_ETHNIC, len(drawn))
    majority = drawn.where(drawn == "white_minority", "white_scottish_british_irish")
    fitted = np.where(minority_ethnic == "yes", minority, majority)
    known = minority_ethnic.isin(("yes", "no"))
    answer = drawn.mask(known, pd.Series(fitted, dtype="str"))
    return answer.mask(minority_ethnic.isin(UNDISCLOSED), minority_ethnic)


def _of_family(person: pd.DataFrame, characteristic: pd.DataFrame, char: str) -> pd.Series:
    """Return what each person's family answered; empty for professionals."""
    one = characteristic[characteristic["char"] == char].set_index("family_id")["value"]
    return person["family_id"].map(one)
