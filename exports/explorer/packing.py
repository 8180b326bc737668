"""Events packed into columns of time and rows of lanes, so that no two boxes overlap.

Time is ordinal: every distinct date is a column, and a crowded one gets wider. Units are the canvas
pixels of the page at scale 1.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import networkx as nx
from msgspec import Struct

from ...graph.types import Event
from ..labels import UNDATED, anchor, brief, wrap
from .cutting import named
from .stories import Story

LETTER = 6.2  # the usual width of a letter in a box
LINES = (20, 2)  # letters a line and lines of an event's label
HEIGHT = 34.0  # of an event's box
GAP = 12.0
ARROW = 22.0  # room between a cause and its effect
PITCH = 46.0  # least distance between two dates


class Box(Struct, frozen=True):
    """An event's box: its label, over lines, and its width."""

    label: str
    width: float


class Column(Struct, frozen=True):
    """A date on the axis: its label, its stretch of x, the first day it means (None: undated)."""

    label: str
    left: float
    right: float
    day: date | None


class Slot(Struct, frozen=True):
    """A date before it has a place: its label, its first day, and its events lane by lane, causes before effects."""

    label: str
    day: date | None
    lanes: dict[int, tuple[str, ...]]


class Packed(Struct, frozen=True):
    """One way to place the events: x and row of each, the dates, rows and stretch of x of each lane, the width."""

    places: dict[str, tuple[float, int]]
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    spans: tuple[tuple[float, float], ...]
    width: float


class Rows:
    """The rows of a lane while it is filled from left to right."""

    def __init__(self, budget: int, count: int):
        self.budget = budget
        self.ends = [0.0] * count  # the right end of each row
        self.last: list[str | None] = [None] * count  # the event that stands there

    def free(self, left: float, wanted: float, causes: dict[str, int]) -> int:
        """The free row nearest to the wanted one, or a new one; rather one with nothing between cause and effect."""
        if not causes and wanted <= 0:
            return next((row for row, end in enumerate(self.ends) if end + GAP <= left + 0.01), len(self.ends))
        rows = [row for row, end in enumerate(self.ends) if end + GAP <= left + 0.01]
        if not rows or len(self.ends) < self.budget:
            rows.append(len(self.ends))

        def cost(row: int) -> tuple[float, int]:
            between = any(at == row and self.last[row] != cause for cause, at in causes.items())
            return (abs(row - wanted) + 1.1 * between, row)

        return min(rows, key=cost)

    def take(self, row: int, member: str, end: float) -> None:
        """Puts an event into a row."""
        if row == len(self.ends):
            self.ends.append(0.0)
            self.last.append(None)
        self.ends[row] = end
        self.last[row] = member


class Packer:
    """Packs the same events in different ways: with more rows and less width, or the other way round."""

    def __init__(
        self, events: Sequence[Event], lanes: Sequence[Story], effects: dict[str, list[str]], short: dict[str, str]
    ):
        self.boxes = {event.id: box(event, short) for event in events}
        self.lane_of = {member: number for number, (_, members) in enumerate(lanes) for member in members}
        self.sizes = [len(members) for _, members in lanes]
        self.effects = effects
        self.causes: dict[str, list[str]] = defaultdict(list)
        for cause, own in effects.items():
            for effect in own:
                self.causes[effect].append(cause)
        self.slots = self._slots(events)

    def _slots(self, events: Sequence[Event]) -> list[Slot]:
        """One slot for every distinct date, in time, undated last."""
        dates: dict[tuple[date | None, str], dict[int, list[str]]] = {}
        for event in events:
            lanes = dates.setdefault((anchor(event.when), brief(event.when)), defaultdict(list))
            lanes[self.lane_of[event.id]].append(event.id)
        return [
            Slot(label, day, {lane: self._causes_first(own) for lane, own in lanes.items()})
            for (day, label), lanes in dates.items()
        ]

    def _causes_first(self, members: Sequence[str]) -> tuple[str, ...]:
        """Events of one date and lane: those tied by causes first, from cause to effect."""
        web = nx.DiGraph()
        web.add_nodes_from(members)
        own = set(members)
        web.add_edges_from(
            (cause, effect) for cause in members for effect in self.effects.get(cause, ()) if effect in own
        )
        order = {member: number for number, member in enumerate(members)}
        circles = nx.condensation(web)
        found: list[str] = []
        for layer in nx.topological_generations(circles):
            ids = [member for circle in layer for member in circles.nodes[circle]["members"]]
            found += sorted(ids, key=order.__getitem__)
        return tuple(sorted(found, key=lambda member: web.degree(member) == 0))

    def pack(self, most: int, spare: int, hints: Packed | None = None) -> Packed:
        """The events packed with about `most` stacks of boxes a date at most, and at least `spare` rows a lane.

        An event stands near the rows of its causes and, where `hints` (an earlier try) tell them, of its effects.
        """
        limits = [
            max(-(-len(slot.lanes.get(lane, ())) // most) for slot in self.slots) if self.slots else 1
            for lane in range(len(self.sizes))
        ]
        tied = {self.lane_of[member] for member in self.causes}
        spares = [max(spare, 2) if lane in tied else spare for lane in range(len(self.sizes))]
        budgets = [max(*both, 1) for both in zip(limits, map(min, spares, self.sizes), strict=True)]
        rows = [Rows(budget, hints.rows[lane] if hints else 0) for lane, budget in enumerate(budgets)]
        places: dict[str, tuple[float, int]] = {}
        columns: list[Column] = []
        left = 0.0
        for slot in self.slots:
            stacks = {lane: self._stacks(own, limits[lane]) for lane, own in slot.lanes.items()}
            if slot.label == UNDATED and columns:
                left = max((end for lane in rows for end in lane.ends), default=left) + 2 * GAP
            first = max(left + PITCH / 2, *(self._room(own[0], rows[lane], places) for lane, own in stacks.items()))
            last = first
            for lane, own in stacks.items():
                last = max(last, self._place(own, first, lane, rows[lane], places, hints))
            columns.append(Column(slot.label, first - PITCH / 2, last + PITCH / 2, slot.day))
            left = last + PITCH / 2
        width = max([left, *(end for lane in rows for end in lane.ends)]) + GAP
        counts = tuple(max(1, len(lane.ends)) for lane in rows)
        return Packed(places, tuple(columns), counts, self._spans(places), width)

    def _spans(self, places: dict[str, tuple[float, int]]) -> tuple[tuple[float, float], ...]:
        """Where the boxes of each lane begin and end."""
        spans = [(float("inf"), 0.0) for _ in self.sizes]
        for member, (x, _) in places.items():
            left, right = spans[self.lane_of[member]]
            half = self.boxes[member].width / 2
            spans[self.lane_of[member]] = (min(left, x - half), max(right, x + half))
        return tuple(spans)

    def _stacks(self, members: Sequence[str], limit: int) -> list[list[str]]:
        """Events of one date and lane in stacks of at most `limit`, an effect in a later stack than its causes."""
        stacks: list[list[str]] = []
        stack_of: dict[str, int] = {}
        for member in members:
            number = max((stack_of[cause] + 1 for cause in self.causes[member] if cause in stack_of), default=0)
            while number < len(stacks) and len(stacks[number]) >= limit:
                number += 1
            while number >= len(stacks):
                stacks.append([])
            stacks[number].append(member)
            stack_of[member] = number
        return [stack for stack in stacks if stack]

    def _room(self, stack: Sequence[str], rows: "Rows", places: dict[str, tuple[float, int]]) -> float:
        """The least x at which a stack finds free rows within the budget, clear of what caused it."""
        half = max(self.boxes[member].width for member in stack) / 2
        missing = len(stack) - max(0, rows.budget - len(rows.ends))
        x = GAP + half
        if 0 < missing <= len(rows.ends):
            x = max(x, sorted(rows.ends)[missing - 1] + GAP + half)
        for member in stack:
            for cause in self.causes[member]:
                if cause in places:
                    x = max(x, places[cause][0] + self.boxes[cause].width / 2 + ARROW + half)
        return x

    def _place(
        self,
        stacks: Sequence[Sequence[str]],
        x: float,
        lane: int,
        rows: "Rows",
        places: dict[str, tuple[float, int]],
        hints: Packed | None,
    ) -> float:
        """The middle of the last stack, after all stacks of a date and lane got their places from x on."""
        for number, stack in enumerate(stacks):
            half = max(self.boxes[member].width for member in stack) / 2
            if number:
                before = max(self.boxes[member].width for member in stacks[number - 1]) / 2
                tied = any(cause in places for member in stack for cause in self.causes[member])
                x += before + (ARROW if tied else GAP) + half
            for member in stack:
                causes = {c: places[c][1] for c in self.causes[member] if c in places and self.lane_of[c] == lane}
                wanted = list(causes.values())
                if hints:
                    wanted += [hints.places[e][1] for e in self.effects.get(member, ()) if self.lane_of[e] == lane]
                row = rows.free(x - half, sum(wanted) / len(wanted) if wanted else 0.0, causes)
                rows.take(row, member, x + half)
                places[member] = (x, row)
        return x


def box(event: Event, short: Mapping[str, str]) -> Box:
    """The box of an event: its name over as short lines as will hold it, long names of actors in short."""
    name = named(event.name) or event.id
    for long in short:
        if long in name:
            name = name.replace(long, short[long])
    longest = max(map(len, name.split()))
    tries = (wrap(name, width, LINES[1]) for width in range(max(8, min(longest, LINES[0])), LINES[0]))
    label = next((found for found in tries if "…" not in found), wrap(name, *LINES))
    return Box(label, max(map(len, label.split("\n"))) * LETTER + 16)
