"""Scotland alone: shares worked back from a household survey's poverty tables, and births."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from measures import SCOTLAND


@dataclass(frozen=True)
class SurveyMeasure:
    """A share of Scotland's children, worked back from published poverty tables."""

    measure_id: str
    group: str
    topic: str
    row: str
    words: str
    candidate: str
    fit: str = "stand_in"
    period: str = "2019-22"
    # Every other family: used where the group's own poverty rate is suppressed.
    complement: str = ""


SURVEY_MEASURES = [
    SurveyMeasure(
        measure_id="lone_parent_survey_children",
        group="lone_parent",
        topic="lone_parenthood",
        row="Single parent in household",
        words="Children with a single parent in the household, among all children",
        candidate="D35",
    ),
    SurveyMeasure(
        measure_id="disabled_household_survey_children",
        group="disabled_adult_or_child",
        topic="disability",
        row="In household with disabled person(s)",
        words="Children in a household with a disabled adult or child, among all children",
        candidate="D36",
    ),
    SurveyMeasure(
        measure_id="disabled_child_survey_children",
        group="disabled_adult_or_child",
        topic="disability",
        row="In household with disabled child(ren)",
        words="Children in a household with a disabled child, among all children",
        candidate="D37",
        fit="context",
    ),
    SurveyMeasure(
        measure_id="disabled_adult_survey_children",
        group="disabled_adult_or_child",
        topic="disability",
        row="In household with disabled adult(s)",
        words="Children in a household with a disabled adult, among all children",
        candidate="D38",
        fit="context",
    ),
    SurveyMeasure(
        measure_id="three_plus_survey_children",
        group="three_plus_children",
        topic="number_of_children",
        row="3 or more children in the household",
        words="Children in a household with three or more children, among all children",
        candidate="D39",
    ),
    SurveyMeasure(
        measure_id="minority_ethnic_survey_children",
        group="minority_ethnic",
        topic="ethnicity",
        row="Minority ethnic",
        words="Children in a minority ethnic household, among all children",
        candidate="D40",
    ),
    SurveyMeasure(
        measure_id="child_under_1_survey_children_2018_21",
        group="child_under_1",
        topic="age_of_youngest_child",
        row="Youngest child is younger than 1",
        words="Children in a household whose youngest child is under one, among all children",
        candidate="D41",
        period="2018-21",
    ),
    SurveyMeasure(
        measure_id="child_under_1_survey_children",
        group="child_under_1",
        topic="age_of_youngest_child",
        row="Youngest child is younger than 1",
        words="Children in a household whose youngest child is under one, among all children",
        candidate="D42",
        complement="Youngest child in household is 1 or older",
    ),
    SurveyMeasure(
        measure_id="mother_under_25_survey_children_2015_18",
        group="mother_under_25",
        topic="age_of_mother",
        row="Mother under 25 in household",
        words="Children with a mother under 25 in the household, among all children",
        candidate="D43",
        period="2015-18",
    ),
    SurveyMeasure(
        measure_id="mother_under_25_survey_children",
        group="mother_under_25",
        topic="age_of_mother",
        row="Mother under 25 in household",
        words="Children with a mother under 25 in the household, among all children",
        candidate="D44",
        complement="No mother under 25 in household",
    ),
]


def survey_value(survey: pd.DataFrame, topic: str, row: str, period: str, what: str) -> float:
    """One published figure; not a number where the publisher suppressed it."""
    key = (survey["topic"] == topic) & (survey["group"] == row) & (survey["period"] == period)
    return float(survey.loc[key & (survey["measure"] == what), "value"].item())


def children_share(survey: pd.DataFrame, topic: str, row: str, period: str) -> float:
    """Share of all children who are in the group, by Bayes' rule from three published figures.

    P(group) = P(group | poor) × P(poor) / P(poor | group).
    """
    rate, composition = "relative_poverty_rate", "composition_of_children_in_relative_poverty"
    of_poor = survey_value(survey, topic, row, period, composition)
    poor = survey_value(survey, topic, "All", period, rate)
    return of_poor * poor / survey_value(survey, topic, row, period, rate)


def survey_families(measure: SurveyMeasure, survey: pd.DataFrame, row: str) -> int:
    """Survey families in one published row, unweighted."""
    count = "survey_families_with_children"
    return int(survey_value(survey, measure.topic, row, measure.period, count))


def complement_caution(measure: SurveyMeasure, survey: pd.DataFrame) -> str:
    """What taking the share from every other family assumes, and for how many that fails."""
    rows = ("All", measure.row, measure.complement)
    everyone, in_group, in_rest = (survey_families(measure, survey, row) for row in rows)
    neither = everyone - in_group - in_rest
    caution = (
        "The group's own poverty rate is suppressed, so the share is one less that of every other "
        "family (composition × overall poverty rate ÷ their poverty rate)."
    )
    high = f" {neither} survey families are in neither row, so the share may be high."
    return caution + (high if neither else "")


def survey_caution(measure: SurveyMeasure, survey: pd.DataFrame) -> str:
    """How far the share can be trusted, with the number of survey families it rests on."""
    everyone, in_group = (survey_families(measure, survey, row) for row in ("All", measure.row))
    method = (
        complement_caution(measure, survey)
        if measure.complement
        else "Worked out as composition × overall poverty rate ÷ group poverty rate."
    )
    return (
        f"Scotland, not the council; a share of children, not of families. {method} "
        f"{in_group:,} of {everyone:,} survey families are in the group. The standard error is "
        "binomial on all survey families and ignores the design effect, so it is too small."
    )


def survey_row(measure: SurveyMeasure, survey: pd.DataFrame) -> dict[str, object]:
    """One survey share for Scotland, with its standard error."""
    share = children_share(survey, measure.topic, measure.complement or measure.row, measure.period)
    share = 1 - share if measure.complement else share
    families = survey_families(measure, survey, "All")
    return {
        "area_code": SCOTLAND,
        "priority_group": measure.group,
        "measure_id": measure.measure_id,
        "measure": measure.words,
        "share": share,
        "se": (share * (1 - share) / families) ** 0.5,
        "unit": "children",
        "fit": measure.fit,
        "caution": survey_caution(measure, survey),
        "period": measure.period,
        "publication_id": "survey_poverty_2019_22",
        "candidate_id": measure.candidate,
    }


def births_row(births: pd.DataFrame) -> dict[str, object]:
    """Births to mothers under 25 in the last year of the series."""
    year = births[births["year"] == 2019]
    young, all_births = int(year.loc[year["mother_age"] < 25, "births"].sum()), year["births"].sum()
    return {
        "area_code": SCOTLAND,
        "priority_group": "mother_under_25",
        "measure_id": "births_to_mothers_under_25",
        "measure": "Births to mothers aged under 25, among births with the mother's age stated",
        "numerator": young,
        "denominator": int(all_births),
        "share": young / int(all_births),
        "unit": "births",
        "fit": "stand_in",
        "caution": "Scotland, not the council; a flow of births in one year, which overstates the "
        "stock of families with a young mother.",
        "period": "2019",
        "publication_id": "births_by_mother_age",
        "candidate_id": "D34",
    }
