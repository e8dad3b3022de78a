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
