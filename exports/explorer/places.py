"""Places for the actors of the web: those who deal with one another near, no name on another, groups side by side."""

from collections.abc import Mapping, Sequence
from math import inf, sqrt
from typing import TYPE_CHECKING

import networkx as nx

from ..labels import clean

if TYPE_CHECKING:
    import numpy as np

SHAPE = (1000.0, 600.0)  # what is to be filled, in pixels
LETTER = 6.7  # how wide a letter of a name is
LONGEST = 26  # letters of a name that are shown
HIGH = 50.0  # a circle and the name below it
LEAST = 62.0  # the room of the shortest name
LOOSE = 2.6  # how much more room a group has than its circles and names need
APART = 34.0  # between groups
ROUNDS = 600
PATIENCE, WIDER = 30, 1.02  # after so many rounds that leave boxes on one another, everything is so much wider
WIDTHS, GROWTH = 50, 1.05  # how many widths of the whole are tried, each so much wider than the one before

Point = tuple[float, float]
Ties = Mapping[tuple[str, str], float]


def stand(ties: Ties, names: Mapping[str, str]) -> dict[str, Point]:
    """Where each actor of some pairs stands, in pixels from the top left; the same pairs always give the same places.

    Those who deal with one another attract each other (Fruchterman and Reingold's forces, as networkx has them), the
    more the stronger the tie. Groups that have nothing to do with one another are laid side by side, the largest first.
    """
    graph = _woven(ties)
    groups = sorted((sorted(group) for group in nx.connected_components(graph)), key=lambda group: (-len(group), group))
    laid = [_group(ties, group, names) for group in groups]
    sizes = [
        (max(x + w / 2 for x, _, w in own.values()), max(y for _, y, _ in own.values()) + HIGH / 2) for own in laid
    ]
    corners = _packed(sizes)
    return {
        id: (left + x, top + y) for own, (left, top) in zip(laid, corners, strict=True) for id, (x, y, _) in own.items()
    }


def room(name: str) -> float:
    """How wide an actor's circle with its name is, in pixels."""
    return max(LEAST, min(len(clean(name)), LONGEST) * LETTER + 14)


def _woven(ties: Ties, group: Sequence[str] = ()) -> "nx.Graph":
    """The graph of all ties, or of those within a group, its nodes always in the same order."""
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(group)
    inside = set(group)
    for (one, other), strength in sorted(ties.items()):
        if not group or one in inside:
            graph.add_edge(one, other, weight=sqrt(strength))
    return graph


def _group(ties: Ties, group: Sequence[str], names: Mapping[str, str]) -> dict[str, tuple[float, float, float]]:
    """The middles and widths of a group's actors, from its top left corner."""
    import numpy as np

    widths = np.array([room(names[id]) for id in group])
    if len(group) == 2:  # beside one another, with room for the line
        places = np.array([[0.0, 0.0], [(widths.sum()) / 2 + 50, 0.0]])
    else:
        spread = nx.spring_layout(_woven(ties, group), weight="weight", iterations=80, seed=1)
        places = np.array([spread[id] for id in group])
        places = _apart(_scaled(places, widths), widths)
    places -= (places - np.stack([widths / 2, np.full(len(group), HIGH / 2)], axis=1)).min(axis=0)
    return {id: (float(x), float(y), float(w)) for id, (x, y), w in zip(group, places, widths, strict=True)}


def _scaled(places: "np.ndarray", widths: "np.ndarray") -> "np.ndarray":
    """Places over a stretch that is wide enough for all, in the shape of the whole."""
    area = LOOSE * float(widths.sum()) * HIGH
    wide = sqrt(area * SHAPE[0] / SHAPE[1])
    low, high = places.min(axis=0), places.max(axis=0)
    extent = high - low
    extent[extent == 0] = 1.0
    return (places - low) / extent * [wide - widths.mean(), area / wide - HIGH]


def _apart(places: "np.ndarray", widths: "np.ndarray") -> "np.ndarray":
    """Places at which no box lies on another: each two that do give way along the shorter way out.

    Where that does not do, everything is moved apart a little more, again and again.
    """
    import numpy as np

    reach = np.stack([(widths[:, None] + widths[None, :]) / 2 + 4, np.full((len(widths),) * 2, HIGH + 4)], axis=-1)
    order = np.sign(np.subtract.outer(np.arange(len(widths)), np.arange(len(widths))))
    for turn in range(1, ROUNDS):
        between = places[:, None, :] - places[None, :, :]
        lack = reach - np.abs(between)
        over = (lack > 0.01).all(axis=-1) & (order != 0)
        if not over.any():
            break
        across = (lack[..., 0] < lack[..., 1])[..., None] == np.array([True, False])
        way = np.where(between == 0, order[..., None], np.sign(between))
        places = places + 0.35 * (lack * way * across * over[..., None]).sum(axis=1)
        if turn % PATIENCE == 0:
            places = places * WIDER
    return places


def _packed(sizes: Sequence[Point]) -> list[Point]:
    """The top left corners of boxes, row by row, in the way in which all are seen largest."""
    best, least = [], inf
    widest = max((width for width, _ in sizes), default=0.0)
    for step in range(WIDTHS):
        corners, width, height = _rows(sizes, widest * GROWTH**step)
        scale = max(width / SHAPE[0], height / SHAPE[1])
        if scale < least - 1e-9:
            best, least = corners, scale
    return best


def _rows(sizes: Sequence[Point], wide: float) -> tuple[list[Point], float, float]:
    """Boxes in rows of a width, small ones stacked in a column beside a high one: corners, and the size of all."""
    corners: list[Point] = []
    left = top = high = right = 0.0
    column, below = 0.0, 0.0  # the width of the column that is being filled, and how deep it is
    for width, height in sizes:
        fits_below = below and below + height <= high and width <= column
        if not fits_below:
            left += column + (APART if column else 0.0)
            column = below = 0.0
            if left and left + width > wide:
                top += high + APART
                left = high = 0.0
        corners.append((left, top + below))
        column = max(column, width)
        below += height + APART
        high = max(high, height)
        right = max(right, left + column)
    return corners, right, top + high
