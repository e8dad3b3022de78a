"""What is planted in the simulated example, so that a test can ask whether a method finds it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

Place = tuple[str, str]
"""An area of Fife and ``urban`` or ``rural``."""


@dataclass(frozen=True)
class Disclosure:
    """How many families gave each answer about one characteristic."""

    yes: int
    no: int
    unknown: int
    prefer_not: int
    not_asked: int

    @property
    def disclosed(self) -> int:
        """Families that answered yes or no."""
        return self.yes + self.no

    @property
    def families(self) -> int:
        """All families, whatever they answered."""
        return self.disclosed + self.unknown + self.prefer_not + self.not_asked


@dataclass(frozen=True)
class Truth:
    """The planted features. Counts are families at scale 1."""

    characteristics: Mapping[str, Disclosure]
    families_by_place: Mapping[Place, int]
    leaving: Mapping[str, int]
    over_represented_areas: tuple[str, ...]
    under_represented_area: str
    empty_cells: tuple[Place, ...]
    area_without_rural_places: str
    small_cell: Place
    derivable_cell: Place
    over_represented_group: str
    empty_group: str
    undisclosed_group: str
    straddling_group: str
    suppressed_group: str
    group_no_partner_works_with: str
    oversight_group_families: int
    oversight_group_lone_parents: int
    first_oversight_month: np.datetime64
    lone_parents_tire_from: np.datetime64
    lone_parents_kept_away: float
    evaluator_observes_from: np.datetime64

    @property
    def families(self) -> int:
        """The number of families at scale 1."""
        return sum(self.families_by_place.values())


TRUTH = Truth(
    characteristics={
        "lone_parent": Disclosure(73, 103, 10, 6, 8),
        "disabled_adult_or_child": Disclosure(51, 119, 12, 12, 6),
        "three_plus_children": Disclosure(47, 141, 6, 1, 5),
        "minority_ethnic": Disclosure(9, 83, 44, 27, 37),
        "child_under_1": Disclosure(12, 168, 8, 3, 9),
        "mother_under_25": Disclosure(0, 168, 12, 4, 16),
        "care_experienced": Disclosure(7, 121, 22, 24, 26),
        "edge_of_care": Disclosure(3, 112, 28, 22, 35),
    },
    families_by_place={
        ("City of Dunfermline", "urban"): 34,
        ("City of Dunfermline", "rural"): 0,
        ("Cowdenbeath", "urban"): 24,
        ("Glenrothes", "urban"): 23,
        ("Glenrothes", "rural"): 3,
        ("Kirkcaldy", "urban"): 50,
        ("Kirkcaldy", "rural"): 0,
        ("Levenmouth", "urban"): 33,
        ("Levenmouth", "rural"): 5,
        ("North East Fife", "urban"): 5,
        ("North East Fife", "rural"): 5,
        ("South and West Fife", "urban"): 12,
        ("South and West Fife", "rural"): 6,
    },
    leaving={"burden": 16, "completed": 30, "safety": 2, "life_event": 12, "unknown": 14},
    over_represented_areas=("Kirkcaldy", "Levenmouth"),
    under_represented_area="North East Fife",
    empty_cells=(("City of Dunfermline", "rural"), ("Kirkcaldy", "rural")),
    area_without_rural_places="Cowdenbeath",
    small_cell=("Glenrothes", "rural"),
    derivable_cell=("Glenrothes", "urban"),
    over_represented_group="lone_parent",
    empty_group="mother_under_25",
    undisclosed_group="minority_ethnic",
    straddling_group="child_under_1",
    suppressed_group="edge_of_care",
    group_no_partner_works_with="minority_ethnic",
    oversight_group_families=20,
    oversight_group_lone_parents=8,
    first_oversight_month=np.datetime64("2023-05"),
    lone_parents_tire_from=np.datetime64("2024-01-01"),
    lone_parents_kept_away=0.85,
    evaluator_observes_from=np.datetime64("2023-09-01"),
)
"""The planted features of the example."""


@dataclass(frozen=True)
class ProcessTruth:
    """What is planted in meetings, voices, money and judgements, and the process behind it.

    Shares and levels are those the rows are drawn from: what a chapter computes lies near them.
    """

    awards: Mapping[str, int]
    unexplained_pounds: Mapping[str, int]
    partner_without_return: str
    completeness: Mapping[str, tuple[float | None, ...]]
    unmet: Mapping[tuple[str, str], float]
    unmet_otherwise: float
    decisions_by_stage: Mapping[str, int]
    tlap_by_stage: Mapping[str, tuple[int, int]]
    stages_raters_disagree: tuple[str, ...]
    professionals_weigh_from: float
    family_parity_where_professionals_weigh: float
    family_parity: float
    double_coded: int
    coders_agree: float
    paradox_theme: str
    unvarying_theme: str
    one_family_theme: str
    saturated_role: str
    unsaturated_role: str
    quoted_share: Mapping[str, float]
    weights: Mapping[str, float]
    orphan: str
    one_family_recommendation: str
    dropped_with_reason: str
    dropped_without_reason: str
    told_share: Mapping[str, float]
    reverse_item: str
    ceiling_item: str
    ceiling_share: float
    small_subgroup: str
    small_subgroup_size: int
    professionals_kinder: float
    families_fade: float
    silent_in_network: int
    ties_among_families: float
    ties_among_professionals: float
    ties_across: Mapping[str, float]
    ties_to_lead: float
    self_rater: str
    conflicted_rater: str


PROCESS_TRUTH = ProcessTruth(
    awards={"sim_partner_a": 28_000, "sim_partner_b": 25_000, "sim_partner_c": 22_000},
    unexplained_pounds={"sim_partner_c": 1_250},
    partner_without_return="sim_partner_c",
    completeness={  # by quarter; None did not come
        "sim_partner_a": (1.0, 0.95, 0.9, 1.0, 0.85),
        "sim_partner_b": (0.8, 0.55, 0.4, None, 0.6),
        "sim_partner_c": (None, None, None, None, None),
    },
    unmet={("transport", "rural"): 0.8, ("childcare", "lone_parent"): 0.55},
    unmet_otherwise=0.08,
    decisions_by_stage={
        "set_up": 5,
        "design": 8,
        "fieldwork": 9,
        "analysis": 5,
        "drafting": 6,
        "feedback": 3,
        "sign_off": 4,
    },
    tlap_by_stage={  # lowest and highest rung
        "set_up": (2, 3),
        "design": (5, 7),
        "fieldwork": (5, 7),
        "analysis": (4, 5),
        "drafting": (3, 4),
        "feedback": (4, 5),
        "sign_off": (3, 5),
    },
    stages_raters_disagree=("design", "sign_off"),
    professionals_weigh_from=0.45,
    family_parity_where_professionals_weigh=0.5,
    family_parity=0.9,
    double_coded=120,
    coders_agree=0.86,
    paradox_theme="TH13",
    unvarying_theme="TH04",
    one_family_theme="TH12",
    saturated_role="parent",
    unsaturated_role="young_person_12_17",
    quoted_share={"neg": 0.0, "mixed": 0.1, "pos": 0.3},
    weights={
        "R01": 0.16,
        "R02": 0.13,
        "R03": 0.12,
        "R04": 0.12,
        "R05": 0.11,
        "R06": 0.08,
        "R07": 0.1,
        "R08": 0.06,
        "R09": 0.05,
        "R10": 0.07,
    },
    orphan="R09",
    one_family_recommendation="R08",
    dropped_with_reason="TH11",
    dropped_without_reason="TH06",
    told_share={
        "child_u12": 0.0,
        "young_person_12_17": 0.0,
        "young_adult_18_25": 0.3,
        "parent": 0.7,
        "carer": 0.55,
        "practitioner": 0.8,
        "manager": 0.9,
        "facilitator": 0.9,
        "decision_maker": 0.9,
    },
    reverse_item="EX8",
    ceiling_item="EX3",
    ceiling_share=0.7,
    small_subgroup="young_person_12_17",
    small_subgroup_size=6,
    professionals_kinder=0.5,
    families_fade=0.6,
    silent_in_network=2,
    ties_among_families=0.4,
    ties_among_professionals=0.55,
    ties_across={"baseline": 0.1, "mid": 0.18, "end": 0.26},
    ties_to_lead=0.85,
    self_rater="lead_self",
    conflicted_rater="council_1",
)
"""The planted features of the process."""
