"""Reading the shapes of areas from a GeoJSON file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from wfw_eval.chapters.blocks import Figure
from wfw_eval.errors import ChapterError

#: A closed line of points: longitude, latitude.
Ring: TypeAlias = npt.NDArray[np.float64]
#: An outer ring, then its holes.
Polygon: TypeAlias = list[Ring]
Shapes: TypeAlias = dict[str, list[Polygon]]


def read_shapes(figure: Figure) -> tuple[str, Shapes]:
    """Return the name of the figure's boundary file, and each area's polygons.

    Raises:
        ChapterError: the file is missing or is no GeoJSON of named polygons.
    """
    file, name = (figure.options.get(key) for key in ("geojson", "name_property"))
    if not file or not name:
        raise ChapterError(
            f"figure '{figure.anchor}': a boundary map needs the options "
            "'geojson' and 'name_property'."
        )
    features = _features(Path(file))
    return str(file), dict(_shape(feature, name, str(file)) for feature in features)


def _features(path: Path) -> list[Any]:
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except OSError as error:
        raise ChapterError(f"the boundary file {path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ChapterError(
            f"{path} is not a GeoJSON collection of features. Export it again, "
            "as a FeatureCollection in longitude and latitude."
        ) from error
    if not isinstance(features, list) or not features:
        raise ChapterError(f"{path} holds no shapes.")
    return features


def _shape(feature: Any, name_property: str, file: str) -> tuple[str, list[Polygon]]:
    name = "a shape without a name"
    try:
        name = str(feature["properties"][name_property])
        geometry = feature["geometry"]
        parts = {"Polygon": lambda given: [given], "MultiPolygon": list}[geometry["type"]](
            geometry["coordinates"]
        )
        return name, [[_ring(ring) for ring in part] for part in parts]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ChapterError(
            f"{file}: {name} is not a polygon with the property "
            f"'{name_property}'. Mend or remove it."
        ) from error


def _ring(points: Any) -> Ring:
    ring = np.asarray([point[:2] for point in points], dtype=float)
    if ring.ndim != 2 or len(ring) < 4 or not np.isfinite(ring).all():
        raise ValueError("a ring has at least four points")
    return ring
