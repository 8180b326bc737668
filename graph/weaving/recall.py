"""Events that later articles only recall: "the explosion", "his resignation", without a day of their own.

Such a case joins the one dated event that it can mean: of its type, shortly before the article, and
with the same person in the same role, or in the same places for events without an actor.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from . import cases
from .cases import Case, Scene

SINCE = timedelta(days=60)  # how long ago what is recalled can be

Block = tuple[str, ...]


def recalled(found: list[Case], scene: Scene, reasons: dict[str, list[str]]) -> list[Case]:
    """The cases, those that recall exactly one dated case joined with it."""
    anchors: dict[Block, list[int]] = defaultdict(list)
    for index, case in enumerate(found):
        if case.day:
            for block in _blocks(case, scene):
                anchors[block].append(index)
    joined: dict[int, Case] = dict(enumerate(found))
    for index, case in enumerate(found):
        if not case.typed or case.when is None or case.day or not (case.parts or case.definite):
            continue
        blocks = set(_blocks(case, scene))
        candidates = {anchor for block in blocks for anchor in anchors.get(block, ()) if _recalls(case, found[anchor])}
        candidates = {anchor for anchor in candidates if found[anchor].type == case.type} or candidates
        if len(candidates) == 1:
            (anchor,) = candidates
            if not cases.at_odds(joined[anchor], case, scene):
                joined[anchor] = cases.joined(joined[anchor], joined.pop(index), scene)
                reasons[case.mentions[0]].append(f"recalled, the only such event, in {min(case.articles)}")
    return list(joined.values())


def _recalls(case: Case, anchor: Case) -> bool:
    """Whether the case is told in other articles than the anchor, at most a while after its day."""
    if not case.articles.isdisjoint(anchor.articles) or case.published is None or anchor.day is None:
        return False
    return timedelta(0) <= case.published - anchor.day <= SINCE and cases.overlap(case.when, anchor.when)


def _blocks(case: Case, scene: Scene) -> Iterator[Block]:
    """What a recalled event is known by: who did it or had it done, and how; where, if nobody did."""
    root = scene.ancestry(case.type)[-1]
    if not case.verbal:
        for role, person in case.parts:
            for mode in case.modes or (("",) if scene.quiet(case.type) else ()):
                yield (root, case.status, role, person, mode)
    if scene.quiet(case.type) and not case.actors:
        for place in cases.settings(case):
            if scene.narrow((place,)):
                yield (root, case.status, place)
