"""Where boxes stand so that what belongs together is near and nothing lies on anything else."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import islice

import networkx as nx

from npc_engine.pictures.look import width

STEPS = 24
"""How many pieces a curve is looked at in."""

Point = tuple[float, float]
Size = tuple[float, float]

ACROSS = 1.45
"""How much wider than high a picture had better be."""
FEWEST_WAYS, MORE_WAYS, MOST_WAYS = 3, 120, 16
"""How many arrangements are tried: so many, more of them where there are few boxes, and so many at most."""
ROUNDS = 600
"""How often boxes are pushed apart at most; a few dozen times will mostly do."""


def arranged(sizes: Mapping[str, Size], pulls: Mapping[tuple[str, str], float], *, gap: float) -> dict[str, Point]:
    """Return the middles of boxes, at least `gap` apart, from (0, 0) on; `pulls` says how strongly two belong together.

    Of several ways to arrange them it is the one with the shortest lines and the fewest that run behind a box. What
    nothing pulls stands in rows beneath. The same boxes and pulls always come to the same places.
    """
    pulls = {pair: pull for pair, pull in pulls.items() if pair[0] != pair[1]}
    pulled = [name for name in sizes if any(name in pair for pair in pulls)]
    found: dict[str, Point] = {}
    if pulled:
        inner = {name: sizes[name] for name in pulled}
        tries = min(MOST_WAYS, FEWEST_WAYS + MORE_WAYS // len(pulled))
        ways = (_way(inner, pulls, gap, seed) for seed in range(tries))
        found = min(ways, key=lambda places: _cost(places, inner, pulls))
    return _with_rows(found, {name: size for name, size in sizes.items() if name not in found}, sizes, gap)


def _way(sizes: Mapping[str, Size], pulls: Mapping[tuple[str, str], float], gap: float, seed: int) -> dict[str, Point]:
    graph = nx.Graph()
    graph.add_nodes_from(sizes)
    graph.add_weighted_edges_from((a, b, math.sqrt(pull)) for (a, b), pull in pulls.items())
    found = nx.spring_layout(graph, k=2.2 / math.sqrt(len(sizes)), iterations=120, seed=seed)
    places = _spread({name: (float(x), float(y)) for name, (x, y) in found.items()}, sizes, gap)
    return _from_corner(_pushed_apart(places, sizes, gap), sizes)


def _cost(places: Mapping[str, Point], sizes: Mapping[str, Size], pulls: Mapping[tuple[str, str], float]) -> float:
    """Return how long the lines of an arrangement are, with a fine for each box that one runs behind, and its room."""
    cost = 0.0
    for (a, b), pull in pulls.items():
        (ax, ay), (bx, by) = places[a], places[b]
        middle = ((ax + bx) / 2, (ay + by) / 2)
        others = ((places[one], sizes[one]) for one in places if one not in (a, b))
        cost += math.hypot(bx - ax, by - ay) * min(pull, 4.0)
        cost += 400.0 * behind((places[a], middle, places[b]), others)
    wide = max(x + sizes[name][0] / 2 for name, (x, _) in places.items())
    high = max(y + sizes[name][1] / 2 for name, (_, y) in places.items())
    return cost * (1 + abs(math.log(wide / high / ACROSS)) / 2)


def _with_rows(
    found: dict[str, Point], rest: Mapping[str, Size], sizes: Mapping[str, Size], gap: float
) -> dict[str, Point]:
    """Return places with those boxes added that nothing pulls, in rows beneath."""
    wide = max((x + sizes[name][0] / 2 for name, (x, _) in found.items()), default=0.0)
    down = max((y + sizes[name][1] / 2 + gap / 2 for name, (_, y) in found.items()), default=0.0)
    wide = max(wide, math.sqrt(sum(w * h for w, h in rest.values()) * 2 * ACROSS))
    left = deepest = 0.0
    for name, (w, h) in rest.items():
        if left and left + w > wide:
            left, down, deepest = 0.0, down + deepest + gap / 2, 0.0
        found[name] = (left + w / 2, down + h / 2)
        left, deepest = left + w + gap / 2, max(deepest, h)
    return found


def _from_corner(places: Mapping[str, Point], sizes: Mapping[str, Size]) -> dict[str, Point]:
    left = min(x - sizes[name][0] / 2 for name, (x, y) in places.items())
    top = min(y - sizes[name][1] / 2 for name, (x, y) in places.items())
    return {name: (x - left, y - top) for name, (x, y) in places.items()}


def _spread(places: dict[str, Point], sizes: Mapping[str, Size], gap: float) -> dict[str, Point]:
    """Return places scaled to about as much room as the boxes need."""
    area = sum((w + gap) * (h + gap) for w, h in sizes.values()) * 1.5
    wide, high = math.sqrt(area * ACROSS), math.sqrt(area / ACROSS)
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    across, down = (max(xs) - min(xs)) or 1.0, (max(ys) - min(ys)) or 1.0
    return {name: ((x - min(xs)) / across * wide, (y - min(ys)) / down * high) for name, (x, y) in places.items()}


def _pushed_apart(places: Mapping[str, Point], sizes: Mapping[str, Size], gap: float) -> dict[str, Point]:
    """Return places with boxes that overlapped moved the shorter way out, each half of it, until none does."""
    at = {name: list(place) for name, place in places.items()}
    widest = max(w for w, _ in sizes.values()) + gap
    for _ in range(ROUNDS):
        moved = False
        names = sorted(at, key=lambda name: (at[name][0], name))
        for number, one in enumerate(names):
            for other in islice(names, number + 1, None):
                dx, dy = at[other][0] - at[one][0], at[other][1] - at[one][1]
                if dx > widest:  # so are all that follow
                    break
                over_x = (sizes[one][0] + sizes[other][0]) / 2 + gap - abs(dx)
                over_y = (sizes[one][1] + sizes[other][1]) / 2 + gap - abs(dy)
                if over_x <= 0.01 or over_y <= 0.01:
                    continue
                axis, over, way = (0, over_x, dx) if over_x < over_y else (1, over_y, dy)
                step = math.copysign(over / 2 + 0.01, way or 1.0)
                at[one][axis] -= step
                at[other][axis] += step
                moved = True
        if not moved:
            break
    return {name: (x, y) for name, (x, y) in at.items()}


Curve = tuple[Point, Point, Point]
"""A line from the first point to the last, bent toward the one between them."""


def on(curve: Curve, share: float) -> Point:
    """Return the point of a curve at a share of its way."""
    (ax, ay), (bx, by), (cx, cy) = curve
    rest = 1 - share
    x = rest * rest * ax + 2 * rest * share * bx + share * share * cx
    y = rest * rest * ay + 2 * rest * share * by + share * share * cy
    return x, y


def behind(curve: Curve, boxes: Iterable[tuple[Point, Size]]) -> int:
    """Return behind how many boxes a curve runs."""
    points = [on(curve, step / STEPS) for step in range(1, STEPS)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    found = 0
    for (x, y), (w, h) in boxes:
        if left < x + w / 2 and right > x - w / 2 and top < y + h / 2 and bottom > y - h / 2:
            found += any(abs(px - x) < w / 2 + 3 and abs(py - y) < h / 2 + 3 for px, py in points)
    return found


def across(point: Point, size: Size, toward: Point, gap: float = 0.0) -> Point:
    """Return where the line from the middle of a box toward a point leaves the box, `gap` beyond it."""
    dx, dy = toward[0] - point[0], toward[1] - point[1]
    if not dx and not dy:
        return point
    half_w, half_h = size[0] / 2 + gap, size[1] / 2 + gap
    share = min(half_w / abs(dx) if dx else math.inf, half_h / abs(dy) if dy else math.inf)
    return point[0] + dx * share, point[1] + dy * share


class Taken:
    """The room in a picture that is taken already, so that labels are put where there is none of it."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float, float, float]] = []
        self._reached: list[Point] = []

    def take(self, middle: Point, size: Size) -> None:
        """Take the room of a box."""
        (x, y), (w, h) = middle, size
        self._taken.append((x - w / 2, y - h / 2, x + w / 2, y + h / 2))

    def take_curve(self, curve: Curve) -> None:
        """Take note of how far a curve reaches; what it crosses may be written on."""
        self._reached += [on(curve, step / STEPS) for step in range(STEPS + 1)]

    def reach(self) -> tuple[float, float, float]:
        """Return how far to the left, to the right and down anything reaches."""
        xs = [x for x, _ in self._reached]
        lefts, rights = [left for left, _, _, _ in self._taken], [right for _, _, right, _ in self._taken]
        bottoms = [bottom for _, _, _, bottom in self._taken]
        return min(xs + lefts), max(xs + rights), max([y for _, y in self._reached] + bottoms)

    def is_free(self, middle: Point, size: Size) -> bool:
        """Return whether a box would lie on nothing."""
        (x, y), (w, h) = middle, size
        left, top, right, bottom = x - w / 2, y - h / 2, x + w / 2, y + h / 2
        return not any(left < r and right > a and top < b and bottom > t for a, t, r, b in self._taken)


def label_size(text: str, size: float) -> Size:
    """Return how much room a label takes."""
    return width(text, size) + 6, size + 5
