"""Which map a chapter draws: a schematic one, or true boundaries the run file names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wfw_eval.analysis.rows import key_of
from wfw_eval.chapters.chapter import Chapter
from wfw_eval.errors import InputError, Problem

#: Digits kept of a coordinate in degrees: about ten metres, more than a page can show.
COORDINATE_DIGITS = 4

#: A closed line of points: longitude, latitude.
Ring = list[list[float]]
#: An outer ring, then its holes.
Polygon = list[Ring]


def area_drawing(chapter: Chapter, areas: Iterable[str]) -> tuple[str, dict[str, Any]]:
    """Return the kind of drawing for a map of areas, and its options.

    Args:
        chapter: The chapter that draws.
        areas: Names of the areas.

    Raises:
        InputError: the run file's GeoJSON cannot be read or lacks an area, or no layout of
            tiles is known for an area.
    """
    run = chapter.evaluation.run_file
    if run.boundaries is not None:
        shapes = read_shapes(run.folder("boundaries"), areas)
        return "boundary_map", {"shapes": shapes}
    tiles = chapter.read("area_tile").query("area_code == @run.council").set_index("area")
    missing = [name for name in areas if name not in tiles.index]
    if missing:
        raise InputError([Problem("area_tile.csv", None, "area", name, "has no tile",
                                  "Add a row with its column and row, or name boundaries.")
                          for name in missing])  # fmt: skip
    return "tile_map", {"tiles": {key_of(name): [int(row["column"]), int(row["row"])]
                                  for name, row in tiles.iterrows()}}  # fmt: skip


def read_shapes(path: Path, areas: Iterable[str]) -> dict[str, list[Polygon]]:
    """Read each area's polygons from a GeoJSON file.

    The property that names the areas is found by its values.

    Raises:
        InputError: the file is not GeoJSON, or has no usable shape for an area.
    """
    features = _features(path)
    return {key_of(name): _shape(features, name, path) for name in areas}


def _features(path: Path) -> list[Mapping[str, Any]]:
    try:
        return list(json.loads(path.read_text(encoding="utf-8"))["features"])
    except (OSError, ValueError, KeyError, TypeError):
        raise _unusable(path, "is not a GeoJSON feature collection", None) from None


def _shape(features: list[Mapping[str, Any]], name: str, path: Path) -> list[Polygon]:
    named = [item for item in features if name in (item.get("properties") or {}).values()]
    if not named:
        raise _unusable(path, "has no feature with a property that names the area", name)
    try:
        return [polygon for item in named for polygon in _polygons(item["geometry"])]
    except (TypeError, ValueError, KeyError):
        raise _unusable(path, "has a shape that is not made of polygons", name) from None


def _polygons(geometry: Mapping[str, Any]) -> list[Polygon]:
    parts = geometry["coordinates"]
    polygons = {"Polygon": [parts], "MultiPolygon": parts}[geometry["type"]]
    return [[_ring(ring) for ring in polygon] for polygon in polygons]


def _ring(points: Any) -> Ring:
    ring = [[round(float(value), COORDINATE_DIGITS) for value in point[:2]] for point in points]
    if len(ring) < 4 or any(len(point) != 2 for point in ring):
        raise ValueError("a ring has at least four points")
    return ring


def _unusable(path: Path, rule: str, value: str | None) -> InputError:
    step = "Name another file under 'boundaries', or leave the key out for a schematic map."
    return InputError([Problem(path.name, None, "boundaries", value, rule, step)])
