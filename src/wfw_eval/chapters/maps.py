"""Which map a chapter draws: a schematic one, or true boundaries the run file names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wfw_eval.chapters.chapter import Chapter
from wfw_eval.errors import InputError, Problem
from wfw_eval.metrics.reach import key_of

#: Digits kept of a coordinate in degrees: about ten metres, more than a page can show.
COORDINATE_DIGITS = 4

Rings = list[list[list[float]]]


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


def read_shapes(path: Path, areas: Iterable[str]) -> dict[str, Rings]:
    """Read the outer rings of each area from a GeoJSON file.

    The property that names the areas is found by its values.

    Raises:
        InputError: the file is not GeoJSON, or has no shape for an area.
    """
    features = _features(path)
    shapes: dict[str, Rings] = {}
    for name in areas:
        found = [feature for feature in features
                 if name in (feature.get("properties") or {}).values()]  # fmt: skip
        if not found:
            raise _unusable(path, f"has no feature with a property '{name}'", name)
        shapes[key_of(name)] = [ring for feature in found for ring in _rings(feature)]
    return shapes


def _features(path: Path) -> list[Mapping[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return list(content["features"])
    except (OSError, ValueError, KeyError, TypeError):
        raise _unusable(path, "is not a GeoJSON feature collection", None) from None


def _rings(feature: Mapping[str, Any]) -> Rings:
    geometry = feature.get("geometry") or {}
    coordinates = geometry.get("coordinates", [])
    polygons = [coordinates] if geometry.get("type") == "Polygon" else coordinates
    return [
        [[round(x, COORDINATE_DIGITS), round(y, COORDINATE_DIGITS)] for x, y, *_ in polygon[0]]
        for polygon in polygons
    ]


def _unusable(path: Path, rule: str, value: str | None) -> InputError:
    step = "Name another file under 'boundaries', or leave the key out for a schematic map."
    return InputError([Problem(path.name, None, "boundaries", value, rule, step)])
