"""Finding ways through the village a little each frame, so that thirty people setting out at once cost nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush

Cell = tuple[int, int]
Neighbours = Callable[[Cell], Sequence[Cell]]
Cost = Callable[[Cell], float]

CELLS_A_FRAME = 350


def search(start: Cell, goal: Cell, neighbours: Neighbours, cost: Cost) -> Iterator[list[Cell] | None]:
    """Yield None for each cell looked at (A*), and at last the way: the cells after `start`, `goal` included.

    Where the goal cannot be reached, the way leads to the reachable cell nearest to it.
    """

    def distance(cell: Cell) -> int:
        return abs(cell[0] - goal[0]) + abs(cell[1] - goal[1])

    came: dict[Cell, Cell] = {}
    spent: dict[Cell, float] = {start: 0.0}
    order = 0
    front: list[tuple[float, int, Cell]] = [(distance(start), order, start)]
    nearest = start
    done: set[Cell] = set()
    while front:
        _, _, cell = heappop(front)
        if cell in done:
            continue
        done.add(cell)
        if distance(cell) < distance(nearest):
            nearest = cell
        if cell == goal:
            break
        for neighbour in neighbours(cell):
            if neighbour in done:
                continue
            total = spent[cell] + cost(neighbour)
            if total < spent.get(neighbour, float("inf")):
                spent[neighbour] = total
                came[neighbour] = cell
                order += 1
                heappush(front, (total + distance(neighbour), order, neighbour))
        yield None
    way: list[Cell] = []
    cell = nearest
    while cell != start:
        way.append(cell)
        cell = came[cell]
    yield way[::-1]


class Pathfinder:
    """Answers requests for ways in turn, spending at most `CELLS_A_FRAME` cells a frame on all of them."""

    def __init__(self, neighbours: Neighbours, cost: Cost = lambda _: 1.0) -> None:
        self._neighbours = neighbours
        self._cost = cost
        self._waiting: deque[tuple[Iterator[list[Cell] | None], Callable[[list[Cell]], None]]] = deque()

    def ask(self, start: Cell, goal: Cell, then: Callable[[list[Cell]], None]) -> None:
        """Have `then` called with the way, in this frame or a later one."""
        self._waiting.append((search(start, goal, self._neighbours, self._cost), then))

    def find(self, start: Cell, goal: Cell) -> list[Cell]:
        """Return the way at once."""
        return next(way for way in search(start, goal, self._neighbours, self._cost) if way is not None)

    def clear(self) -> None:
        """Forget what was asked."""
        self._waiting.clear()

    def step(self, cells: int = CELLS_A_FRAME) -> None:
        """Work on what was asked."""
        while cells > 0 and self._waiting:
            way_to, then = self._waiting[0]
            for way in way_to:
                cells -= 1
                if way is not None:
                    self._waiting.popleft()
                    then(way)
                    break
                if cells <= 0:
                    return
