"""What somebody denies stands beside what others assert: two versions of one event, on one node."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import structs

from ..types import Mention, Reading, event_value
from . import cases
from .cases import Case, Scene
from .telling import Told

DENIAL = "attribution:denial"  # the rule that says who denies an event

Reasons = Mapping[str, list[str]]
Blocks = dict[tuple[str, object], dict[int, Case]]  # of an actor and a word or manner


def with_denials(
    found: Sequence[Case],
    denied: Collection[str],
    scene: Scene,
    reasons: Reasons,
    together: Callable[[Case, Case], bool],
    told_by: Mapping[str, Told],
) -> list[Case]:
    """The cases, those that a source denies joined to what is told as having happened; the denials' mentions last.

    `denied` are the mentions that words say somebody denies. `together` tells of two cases whether they are reported
    at the same time, `told_by` what each mention tells.
    """
    told = _by_actor_and_word(case for case in found if case.status == "real")
    kept: dict[tuple[str, ...], Case] = {case.mentions: case for case in found}
    now = {case.mentions: case for case in found}
    for denial in (case for case in found if is_denial(case, denied, scene)):
        matches = [
            (len(ties), case)
            for case in _versions(denial, told)
            if (ties := _ties(denial, case, scene, together)) and not _of_another_thing(denial, case, told_by)
        ]
        if matches:
            case = max(matches, key=lambda match: match[0])[1]  # of equals the first told
            now[case.mentions] = cases.joined(now[case.mentions], denial, scene)
            reasons[denial.mentions[0]].append("denied by one source and asserted by another")
            del kept[denial.mentions]
    return [now[mentions] for mentions in kept]


def _by_actor_and_word(told: Iterable[Case]) -> Blocks:
    found: Blocks = defaultdict(dict)
    for number, case in enumerate(told):
        for actor in case.actors:
            for word in case.lemmas | case.modes:
                found[actor, word][number] = case
    return found


def _versions(denial: Case, told: Blocks) -> list[Case]:
    """What the same actors are told to have done in the same words or manner, each once, by actors, then as told."""
    found: dict[int, Case] = {}
    for actor in sorted(denial.actors):
        of_actor: dict[int, Case] = {}
        for word in denial.lemmas | denial.modes:
            of_actor |= told.get((actor, word), {})
        found |= {number: of_actor[number] for number in sorted(of_actor) if number not in found}
    return list(found.values())


def denied_in(reading: Reading) -> set[str]:
    """The event mentions that an article's words say somebody denies."""
    return {link.source for link in reading.links if link.rule == DENIAL}


def is_denial(case: Case, denied: Collection[str], scene: Scene) -> bool:
    """Whether somebody says that a deed was not done; `denied` are the mentions that words say somebody denies."""
    if case.status != "negated" or case.verbal:
        return False
    return any(is_denied(scene.mentions[mention], denied) for mention in case.mentions)


def is_denied(event: Mention, denied: Collection[str]) -> bool:
    """Whether somebody says that it was not done. What an article itself says is no version of somebody, and what is
    spoken of as there ("did not see the attack as a threat") is not denied unless a verb says so.
    """
    value = event_value(event)
    return event.id in denied or bool(value.source and (value.tense or not value.definite))


def _of_another_thing(denial: Case, case: Case, told: Mapping[str, Told]) -> bool:
    """Whether what is of no type is denied of other things than it is told of: "use" of starvation, of a crossing."""
    if denial.typed and case.typed:
        return False
    some, others = ({word for m in one.mentions for word in told[m].object} for one in (denial, case))
    return bool(some and others) and some.isdisjoint(others)


def _ties(denial: Case, case: Case, scene: Scene, together: Callable[[Case, Case], bool]) -> frozenset[str]:
    """What makes them one event: whose deed it is, and the same place, day, target or, in one article, words."""
    if cases.at_odds(structs.replace(denial, status=case.status), case, scene):
        return frozenset()
    ties = cases.ties(denial, case, scene)
    within = not denial.articles.isdisjoint(case.articles)
    alike = bool(ties & {"words", "manner"})
    about = bool(ties & {"recipient", "place", "day"})
    same = alike and (within or (about and together(denial, case)))
    return ties if same and ties & {"agent", "recipient"} else frozenset()
