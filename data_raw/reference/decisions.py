"""What is decided by hand: how each group is defined, and the yardstick it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class PriorityGroup:
    """A row of priority_group.csv."""

    group: str
    label: str
    short_label: str
    clauses: str
    definition: str
    priority: str


SIX, CARE = "2.4a|2.9a", "1.4|1.5"  # clauses of the proposal that name the groups

# In the order of the policy, then the two groups of care.
PRIORITY_GROUPS = [
    PriorityGroup(
        "lone_parent",
        "Lone-parent families",
        "Lone parent",
        SIX,
        "A family in which one parent, with no partner in the household, brings up the children.",
        "true",
    ),
    PriorityGroup(
        "disabled_adult_or_child",
        "Families with a disabled adult or child",
        "Disabled adult or child",
        SIX,
        "A family in which any adult or any child is disabled: the proposal says only "
        '"Disabled", and the Scottish Government\'s "families with a disabled adult or child" '
        "is adopted.",
        "true",
    ),
    PriorityGroup(
        "three_plus_children",
        "Families with three or more children",
        "Three or more children",
        SIX,
        "A family with three or more dependent children.",
        "true",
    ),
    PriorityGroup(
        "minority_ethnic",
        "Minority ethnic families",
        "Minority ethnic",
        SIX,
        "A family from any ethnic group other than White British, so white minorities count; the "
        "national survey decides it by the household's highest earner.",
        "true",
    ),
    PriorityGroup(
        "child_under_1",
        "Families with a child under one",
        "Child under one",
        SIX,
        "A family whose youngest child has not reached a first birthday.",
        "true",
    ),
    PriorityGroup(
        "mother_under_25",
        "Families with a mother under 25",
        "Mother under 25",
        SIX,
        "A family whose mother has not reached her twenty-fifth birthday.",
        "true",
    ),
    PriorityGroup(
        "care_experienced",
        "Care-experienced people",
        "Care experienced",
        CARE,
        "Someone who is or has been looked after, whether in foster, kinship or residential care "
        "or at home under supervision.",
        "false",
    ),
    PriorityGroup(
        "edge_of_care",
        "Families at the edge of care",
        "Edge of care",
        CARE,
        "A family whose child may come into care unless the family is supported.",
        "false",
    ),
]


@dataclass(frozen=True)
class Benchmark:
    """Which measure a group's participation is held against. It names figures, never holds one."""

    group: str
    kind: Literal["point", "range", "none"]
    reason: str
    caution: str
    fit: str = ""
    low_measure_id: str = ""
    low_area: str = ""
    high_measure_id: str = ""
    high_area: str = ""

    @property
    def ends(self) -> list[tuple[str, str]]:
        """The measures it names, each with the area it is taken for: none, one or two."""
        low, high = (self.low_measure_id, self.low_area), (self.high_measure_id, self.high_area)
        return [end for end in (low, high) if end[0]]


BENCHMARKS = [
    Benchmark(
        group="lone_parent",
        kind="point",
        fit="good",
        low_measure_id="lone_parent_households",
        low_area="council",
        reason="A full count of households with dependent children, the nearest thing to families, "
        "with numerator and denominator from one table.",
        caution="Lone parents who share a home with others are left out.",
    ),
    Benchmark(
        group="disabled_adult_or_child",
        kind="range",
        fit="stand-in",
        low_measure_id="disabled_children_persons",
        low_area="council",
        high_measure_id="disabled_household_survey_children",
        high_area="scotland",
        reason="No council figure counts families with any disabled member. Disabled children are "
        "a floor, since any member counts; Scotland's survey share has the exact definition.",
        caution="The low end counts children one by one; the high end is Scotland's, not the "
        "council's, and counts children, not families. It is a stand-in, not a ceiling.",
    ),
    Benchmark(
        group="three_plus_children",
        kind="range",
        fit="bounds",
        low_measure_id="three_plus_lower_bound",
        low_area="council",
        high_measure_id="three_plus_upper_bound",
        high_area="council",
        reason="No table counts families with three or more children by council; two tables hold "
        "the share between them.",
        caution="The ends use two definitions of a child (by age, and dependent) and lie far "
        "apart; the middle of the range is not an estimate.",
    ),
    Benchmark(
        group="minority_ethnic",
        kind="point",
        fit="near",
        low_measure_id="minority_ethnic_children_with_white_minorities",
        low_area="council",
        reason="Children aged 0 to 15 with white minorities included, which matches the definition "
        "in the national survey most closely.",
        caution="Counted for each child, not each family. The narrower definition, which leaves "
        "out white minorities, gives a clearly lower share: say which one participants were asked.",
    ),
    Benchmark(
        group="child_under_1",
        kind="point",
        fit="near",
        low_measure_id="babies_per_household",
        low_area="council",
        reason="A full count of babies against households with dependent children, both from the "
        "census.",
        caution="Overstates families slightly, since twins and homes with two babies count twice.",
    ),
    Benchmark(
        group="mother_under_25",
        kind="range",
        fit="stand-in",
        low_measure_id="mother_under_25_survey_children",
        low_area="scotland",
        high_measure_id="births_to_mothers_under_25",
        high_area="scotland",
        reason="No council figure exists. Scotland's survey share of children has the exact "
        "definition; births in a year are a flow that overstates the stock of families.",
        caution="Both ends are Scotland's, not the council's. The low end rests on very few "
        "survey families and the high end on births in 2019.",
    ),
    Benchmark(
        group="care_experienced",
        kind="none",
        reason="No figure gathered here counts people with experience of care: a count of children "
        "looked after on a date would leave out everyone whose care has ended.",
        caution="Report who took part; make no comparison with the population.",
    ),
    Benchmark(
        group="edge_of_care",
        kind="none",
        reason="No figure gathered here counts families at the edge of care.",
        caution="Report who took part; make no comparison with the population.",
    ),
]
