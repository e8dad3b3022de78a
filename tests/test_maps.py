"""Boundaries from a GeoJSON file, whoever made it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wfw_eval.chapters.maps import read_shapes
from wfw_eval.errors import InputError

SQUARE = [[-3.0, 56.0], [-2.9, 56.0], [-2.9, 56.1], [-3.0, 56.1], [-3.0, 56.0]]
HOLE = [[-2.98, 56.02], [-2.96, 56.02], [-2.96, 56.04], [-2.98, 56.02]]
AREAS = ["Cowdenbeath", "North East Fife"]


def collection(*features: tuple[str, str, Any]) -> str:
    return json.dumps({"features": [
        {"properties": {"code": 7, "committee": name},
         "geometry": {"type": kind, "coordinates": shape}} for name, kind, shape in features
    ]})  # fmt: skip


GOOD = [("Cowdenbeath", "Polygon", [SQUARE, HOLE]),
        ("North East Fife", "MultiPolygon", [[SQUARE], [SQUARE]])]  # fmt: skip


def test_shapes_are_found_by_the_names_in_any_property(tmp_path: Path) -> None:
    (tmp_path / "areas.geojson").write_text(collection(*GOOD), encoding="utf-8")
    shapes = read_shapes(tmp_path / "areas.geojson", AREAS)
    assert shapes == {"cowdenbeath": [[SQUARE, HOLE]], "north_east_fife": [[SQUARE], [SQUARE]]}


def test_features_of_one_name_are_put_together(tmp_path: Path) -> None:
    parts = [("Cowdenbeath", "Polygon", [SQUARE]), ("Cowdenbeath", "Polygon", [SQUARE])]
    (tmp_path / "areas.geojson").write_text(collection(*parts), encoding="utf-8")
    assert len(read_shapes(tmp_path / "areas.geojson", AREAS[:1])["cowdenbeath"]) == 2


@pytest.mark.parametrize(
    ("content", "rule", "value"),
    [
        (None, "is not a GeoJSON feature collection", None),
        ("no JSON", "is not a GeoJSON feature collection", None),
        ("[]", "is not a GeoJSON feature collection", None),
        (collection(*GOOD[1:]), "no feature with a property that names the area", "Cowdenbeath"),
        (collection(*GOOD[1:], ("Cowdenbeath", "Point", [-3.2, 56.1])), "polygons", "Cowdenbeath"),
        (collection(*GOOD[1:], ("Cowdenbeath", "Polygon", [[[0, 0]]])), "polygons", "Cowdenbeath"),
        (collection(*GOOD[1:], ("Cowdenbeath", "Polygon", [[["a", 0]] * 4])), "polygons",
         "Cowdenbeath"),
    ],
)  # fmt: skip
def test_broken_boundaries_are_named(
    content: str | None, rule: str, value: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "areas.geojson"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_shapes(file, AREAS)
    problem = refused.value.problems[0]
    assert (problem.place, problem.column, problem.value) == ("areas.geojson", "boundaries", value)
    assert rule in problem.rule
