"""The shapes of areas, as the figure brings them or from a GeoJSON file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from wfw_eval.chapters.blocks import Figure
from wfw_eval.chapters.figures.cells import cell
from wfw_eval.errors import ChapterError

#: A closed line of points: longitude, latitude.
Ring: TypeAlias = npt.NDArray[np.float64]
#: An outer ring, then its holes.
Polygon: TypeAlias = list[Ring]
Shapes: TypeAlias = dict[str, list[Polygon]]

Named = Iterator[tuple[str, Any]]


def read_shapes(figure: Figure) -> tuple[str, Shapes]:
    """Return where the shapes come from, and each area's polygons by the area's name.

    The option ``shapes`` holds outer rings by row; without it, ``geojson`` names a file, and
    ``name_property`` the property in it that holds an area's name.

    Raises:
        ChapterError: the file is missing, or something in it is no polygon with a name.
    """
    source, named = _named(figure)
    shapes: Shapes = {}
    for name, parts in named:
        shapes.setdefault(name, []).extend(_polygons(parts, name, source))
    if not shapes:
        raise ChapterError(f"{source} holds no shapes.")
    return source, shapes


def _named(figure: Figure) -> tuple[str, Named]:
    given = figure.options.get("shapes")
    if given is not None:
        return "the option 'shapes'", _of_rows(figure, given)
    file, name = (figure.options.get(key) for key in ("geojson", "name_property"))
    if not file or not name:
        raise ChapterError(
            f"figure '{figure.anchor}': a boundary map needs the option 'shapes', or the options "
            "'geojson' and 'name_property'."
        )
    return str(file), _of_features(Path(file), str(name))


def _of_rows(figure: Figure, given: Any) -> Named:
    for row in figure.table.rows:
        if row.key in given:
            yield cell(row, "label").text, [[ring] for ring in given[row.key]]


def _of_features(path: Path, name_property: str) -> Named:
    try:
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            shape = feature["geometry"]
            parts = shape["coordinates"]
            single = shape["type"] == "Polygon"
            yield str(feature["properties"][name_property]), [parts] if single else parts
    except OSError as error:
        raise ChapterError(f"the boundary file {path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ChapterError(
            f"{path} is not a GeoJSON collection of shapes, each with the property "
            f"'{name_property}'. Export it again, in longitude and latitude."
        ) from error


def _polygons(parts: Any, name: str, source: str) -> list[Polygon]:
    try:
        return [[_ring(part[0]), *(_ring(hole) for hole in part[1:])] for part in parts]
    except (TypeError, ValueError, IndexError) as error:
        raise ChapterError(f"{source}: the shape of '{name}' is not made of polygons.") from error


def _ring(points: Any) -> Ring:
    ring = np.asarray([point[:2] for point in points], dtype=float)
    if ring.ndim != 2 or len(ring) < 4 or not np.isfinite(ring).all():
        raise ValueError("a ring has at least four points")
    return ring
