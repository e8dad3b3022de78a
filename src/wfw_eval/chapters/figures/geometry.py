"""The outline of an area, and the place inside it with most room for a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path as Outline

#: A closed line of points: longitude, latitude.
Ring: TypeAlias = npt.NDArray[np.float64]
#: An outer ring, then its holes.
Polygon: TypeAlias = list[Ring]

#: Points tried along each side of a shape.
TRIED = 60
#: Names are about so many times as wide as high.
NAME_SHAPE = 2.0


def outline(parts: Sequence[Polygon]) -> Outline:
    """Return one outline of all rings; a hole stays open because it turns the other way."""
    turned = (
        ring if (_signed_area(ring) > 0) == (place == 0) else ring[::-1]
        for part in parts
        for place, ring in enumerate(part)
    )
    return Outline.make_compound_path(*(Outline(ring, closed=True) for ring in turned))


def roomiest(parts: Sequence[Polygon], stretch: float) -> tuple[float, float]:
    """Return the point inside the largest polygon that leaves most room for a name.

    Args:
        parts: Polygons of one area.
        stretch: How many times longer a degree of latitude is than one of longitude.
    """
    largest = max(parts, key=lambda part: abs(_signed_area(part[0])))
    corners = zip(largest[0].min(axis=0), largest[0].max(axis=0), strict=True)
    grid = np.stack(np.meshgrid(*(np.linspace(*ends, TRIED) for ends in corners)), axis=-1)
    points = grid.reshape(-1, 2)
    within, *in_holes = (Outline(ring).contains_points(points) for ring in largest)
    inside = points[within & ~np.any([np.zeros_like(within), *in_holes], axis=0)]
    if not len(inside):
        inside = largest[0].mean(axis=0, keepdims=True)
    scale = np.array([1 / NAME_SHAPE, stretch])
    room = np.min([_distances(inside * scale, ring * scale) for ring in largest], axis=0)
    across, up = inside[int(room.argmax())]
    return float(across), float(up)


def _signed_area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


def _distances(points: Ring, ring: Ring) -> Ring:
    """Return how far each point is from the nearest side of the ring."""
    starts, sides = ring[:-1], np.diff(ring, axis=0)
    # A side of no length would divide by nothing.
    lengths = np.maximum((sides**2).sum(axis=1), np.finfo(float).tiny)
    along = ((points[:, None] - starts) * sides).sum(axis=2) / lengths
    feet = starts + np.clip(along, 0, 1)[..., None] * sides
    distances: Ring = np.linalg.norm(points[:, None] - feet, axis=2).min(axis=1)
    return distances
