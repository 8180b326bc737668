"""The drawing of causes: causes at the left, nothing on anything else, the same for the same."""

from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from newsloom.exports.causes_layout import Box, Drawing, Line, arrange

DAY = date(2024, 1, 1)


def boxes_of(drawing: Drawing, boxes) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right and bottom of each box."""
    corners = drawing.corners
    return {b.id: (*corners[b.id], corners[b.id][0] + b.width, corners[b.id][1] + b.height) for b in boxes}


def labels_of(drawing: Drawing, lines) -> list[tuple[float, float, float, float]]:
    found = []
    for line, curve in zip(lines, drawing.curves, strict=True):
        x, y = curve.label
        found.append((x - line.width / 2, y - line.height / 2, x + line.width / 2, y + line.height / 2))
    return found


def web(events: int, seed: int) -> tuple[list[Box], list[Line]]:
    """So many events with sizes and some days, each but the first a cause of one or two before it."""
    random = Random(seed)
    boxes, lines = [], []
    for number in range(events):
        day = DAY + timedelta(days=random.randrange(events)) if random.random() < 0.5 else None
        boxes.append(Box(f"e{number}", 180, random.randrange(50, 120), day, day))
        for effect in {random.randrange(number) for _ in range(random.randint(1, 2))} if number else ():
            lines.append(Line(f"e{number}", f"e{effect}", random.randrange(40, 120), random.randrange(30, 80)))
    return boxes, lines


@pytest.mark.parametrize("events", [1, 2, 5, 12, 40])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_lies_on_anything_else(events, seed):
    boxes, lines = web(events, seed)
    drawing = arrange(boxes, lines, "e0")
    shapes = [*boxes_of(drawing, boxes).values(), *labels_of(drawing, lines)]
    for (left, top, right, bottom), (left_2, top_2, right_2, bottom_2) in combinations(shapes, 2):
        assert right <= left_2 or right_2 <= left or bottom <= top_2 or bottom_2 <= top
    for left, top, right, bottom in shapes:
        assert left >= 0 <= top
        assert right <= drawing.width
        assert bottom <= drawing.height


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_line_runs_from_its_cause_over_its_label_to_its_effect(seed):
    boxes, lines = web(20, seed)
    drawing = arrange(boxes, lines, "e0")
    shapes = boxes_of(drawing, boxes)
    for line, curve in zip(lines, drawing.curves, strict=True):
        left, top, _, bottom = shapes[line.effect]
        assert shapes[line.cause][2] < curve.label[0] < left
        assert curve.tip[0] == left
        assert top < curve.tip[1] < bottom
        assert curve.way == 1


def test_the_same_gives_the_same():
    assert arrange(*web(30, 7), "e0") == arrange(*web(30, 7), "e0")


def test_a_direct_cause_stands_close_to_the_event_and_effects_at_its_right():
    boxes = [Box(id, 100, 50) for id in ("root", "near", "far", "effect")]
    lines = [Line(a, b, 50, 30) for a, b in (("near", "root"), ("far", "near"), ("root", "effect"))]
    corners = arrange(boxes, lines, "root").corners
    assert [id for id, _ in sorted(corners.items(), key=lambda item: item[1])] == ["far", "near", "root", "effect"]


def test_an_earlier_cause_does_not_stand_right_of_a_later_one():
    boxes = [
        Box("root", 100, 50),
        Box("early", 100, 50, DAY, DAY),
        Box("between", 100, 50),
        Box("late", 100, 50, DAY + timedelta(3), DAY + timedelta(4)),
    ]
    lines = [Line("early", "root", 50, 30), Line("between", "root", 50, 30), Line("late", "between", 50, 30)]
    corners = arrange(boxes, lines, "root").corners
    assert corners["early"][0] <= corners["late"][0] < corners["between"][0] < corners["root"][0]


def test_what_is_said_to_cause_something_earlier_still_stands_left_of_it():
    boxes = [Box("effect", 100, 50, DAY, DAY), Box("cause", 100, 50, DAY + timedelta(9), DAY + timedelta(9))]
    corners = arrange(boxes, [Line("cause", "effect", 50, 30)], "effect").corners
    assert corners["cause"][0] < corners["effect"][0]


def test_a_line_that_closes_a_circle_points_left():
    boxes = [Box(id, 100, 50) for id in "ab"]
    drawing = arrange(boxes, [Line("a", "b", 50, 30), Line("b", "a", 50, 30)], "b")
    assert [curve.way for curve in drawing.curves] == [1, -1]
    assert drawing.curves[1].tip[0] == drawing.corners["a"][0] + 100


def test_a_long_line_goes_between_the_boxes_on_its_way():
    boxes = [Box(id, 100, 50) for id in ("root", "one", "two")]
    lines = [Line("one", "root", 50, 30), Line("two", "one", 50, 30), Line("two", "root", 50, 30)]
    drawing = arrange(boxes, lines, "root")
    left, top, right, bottom = boxes_of(drawing, boxes)["one"]
    levels = [
        float(part.split("H")[0].split()[-1]) for part in drawing.curves[2].path.split("C") if f"H{right:g}" in part
    ]
    assert [top < y < bottom for y in levels] == [False]
    assert left < right
