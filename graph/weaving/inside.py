"""Event mentions to cases inside one article, as far as its grammar tells that two are one event.

A definite noun takes up what was told in words of its family, or in any words if it is a general one
("the attack"); of talks an article speaks of one dated round unless it says otherwise. What else is one
event is a matter of how much two mentions share (`across`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from msgspec import structs

from ..types import Mention, Reading, TimeValue, When, event_value
from . import cases
from .cases import Case, Scene
from .clusters import same_as
from .figures import killed_in
from .sets import NOTHING, frozen
from .telling import Teller, Told

Roles = dict[str, dict[str, list[str]]]  # event mention, role, mentions

BACK = 12  # how many events of its type a mention is compared with, the latest first
RECENT = 6  # sentences that a definite noun of other words looks back
FAR = 8  # sentences that one of the same words looks back
STEM = 4  # letters that words of one family share
CUT = re.compile(r"[.,;:!?()\[\]—–\"“”\n]")
OWNED = re.compile(r"\w['’]s?\s")
BEFORE = 40  # characters before a noun in which the words stand that belong to it


def roles_of(reading: Reading) -> Roles:
    """For each event mention of an article the mentions in each role."""
    kinds = {m.id: m.kind for m in reading.mentions}
    found: Roles = {m.id: {} for m in reading.mentions if m.kind == "event"}
    for link in reading.links:
        if link.source in found and kinds.get(link.target) in ("actor", "place", "time"):
            found[link.source].setdefault(link.type, []).append(link.target)
    return found


def told_of(reading: Reading, roles: Roles, scene: Scene, teller: Teller, before: int = 0) -> dict[str, Told]:
    """What each event mention of an article tells, by its id, in the order of the text; so many came `before` it."""
    tied = _tied(reading)
    killed = killed_in(reading)
    sentence = _sentence_numbers(reading)
    setting = scene.setting(reading)
    only = _only_days(reading, sentence)
    found: dict[str, Told] = {}
    for mention in reading.mentions:
        if mention.kind == "event":
            case = scene.case(mention, roles[mention.id], reading, setting, tied[mention.id])
            case = structs.replace(case, killed=killed.get(mention.id, NOTHING))
            said = {role: " ".join(scene.mentions[m].text for m in own) for role, own in roles[mention.id].items()}
            told = teller.tell(mention, case, reading, before + len(found), sentence[mention.id], said)
            words = frozenset(_before(mention, reading, scene))
            another = frozen(words & scene.words("another"))
            is_round = event_value(mention).tense is None and event_value(mention).lemma in scene.words("rounds")
            round = frozen(words - another if is_round else ())
            when = cases.tighter(case.when, only.get(sentence[mention.id]))
            found[mention.id] = structs.replace(told, another=another, round=round, when=when)
    return found


def _only_days(reading: Reading, sentence: Mapping[str, int]) -> dict[int, When]:
    """The days that a sentence names, by its number, where it names them once and tells of one event."""
    events = Counter(sentence[m.id] for m in reading.mentions if m.kind == "event")
    times = Counter(sentence[m.id] for m in reading.mentions if m.kind == "time")
    return {
        sentence[m.id]: m.value.when
        for m in reading.mentions
        if isinstance(m.value, TimeValue) and m.value.when and events[sentence[m.id]] == times[sentence[m.id]] == 1
    }


def cases_of(
    reading: Reading,
    told: Mapping[str, Told],
    mentions: Mapping[str, Mention],
    scene: Scene,
    reasons: dict[str, list[str]],
) -> list[Case]:
    """The article's cases: each mention joins the latest case that it speaks of, if any."""
    alike = _alike(reading)
    found: list[Case] = []
    for mention in reading.mentions:
        if mention.kind != "event":
            continue
        case = told[mention.id].case
        for index, reason in _antecedents(case, mention, found, mentions, told, alike, scene, reading):
            found[index] = cases.joined(found[index], case, scene)
            reasons[mention.id].append(reason)
            break
        else:
            found.append(case)
    return _rounds(found, reading, mentions, scene, reasons)


def _tied(reading: Reading) -> dict[str, frozenset[str]]:
    """For each event mention the event mentions that a link tells apart from it."""
    events = {m.id for m in reading.mentions if m.kind == "event"}
    found: dict[str, set[str]] = defaultdict(set)
    for link in reading.links:
        if link.type != "same-as" and link.source in events and link.target in events:
            found[link.source].add(link.target)
            found[link.target].add(link.source)
    return {mention: frozen(found.get(mention, ())) for mention in events}


def _alike(reading: Reading) -> set[frozenset[str]]:
    return {frozenset((link.source, link.target)) for link in same_as(reading)}


def _sentence_numbers(reading: Reading) -> dict[str, int]:
    numbers: dict[str, int] = {}
    number = 0
    for mention in reading.mentions:
        while number + 1 < len(reading.sentences) and reading.sentences[number][1] <= mention.span.start:
            number += 1
        numbers[mention.id] = number
    return numbers


def _antecedents(
    case: Case,
    mention: Mention,
    earlier: list[Case],
    mentions: Mapping[str, Mention],
    told: Mapping[str, Told],
    alike: set[frozenset[str]],
    scene: Scene,
    reading: Reading,
) -> Iterator[tuple[int, str]]:
    """The earlier cases that a mention can speak of, and why: what shares most first, then what tells most."""
    definite, is_verb = _definite_noun(mention), event_value(mention).tense is not None
    if not (alike or definite or is_verb):
        return
    family = set(scene.ancestry(case.type))
    candidates = [i for i in range(len(earlier)) if not family.isdisjoint(scene.ancestry(earlier[i].type))][-BACK:]
    ranked = []
    for index in candidates:
        other = earlier[index]
        if alike and any(frozenset((mention.id, m)) in alike for m in other.mentions):
            ranked.append((2, 0, True, 0, index, "the text says so"))
            continue
        others = [mentions[m] for m in other.mentions]
        kin = definite and any(_akin(mention, m) for m in others)
        taken_up = kin or (definite and _takes_up(mention, others, scene))
        if (taken_up or (is_verb and _are_generic(others, scene))) and not cases.at_odds(case, other, scene):
            ties = cases.ties(case, other, scene)
            distance = told[mention.id].sentence - told[other.mentions[-1]].sentence
            told_apart = all(told[mention.id].is_another(told[m]) for m in other.mentions)
            reason = _refers_back(case, mention, other, ties, distance, kin) if taken_up and not told_apart else None
            if reason is None and not told_apart and _told_ahead(mention, others, ties, distance, scene, reading):
                reason = f"tells of “{others[-1].text}” in other words"
            if reason:
                special = kin and event_value(mention).lemma not in scene.words("generic")
                ranked.append((int(special), len(ties), other.day is not None, len(other.mentions), index, reason))
    for *_, index, reason in sorted(ranked, reverse=True):
        yield index, f"{reason}, in {mention.span.article}"


def _definite_noun(mention: Mention) -> bool:
    value = event_value(mention)
    return value.definite and value.tense is None


def _akin(one: Mention, other: Mention) -> bool:
    """Whether the words are of one family: killing and kill, explosion and explode."""
    a, b = event_value(one).lemma, event_value(other).lemma
    length = min(len(a), len(b), STEM)
    return length >= STEM - 1 and a[:length] == b[:length]


def _takes_up(mention: Mention, others: list[Mention], scene: Scene) -> bool:
    """Whether a definite noun is of no special meaning and can stand for what was told in these words."""
    rounds = scene.words("rounds")
    if event_value(mention).lemma in rounds:
        return any(event_value(other).lemma[:STEM] in {word[:STEM] for word in rounds} for other in others)
    return event_value(mention).lemma in scene.words("generic")


def _are_generic(mentions: list[Mention], scene: Scene) -> bool:
    """Whether the words are of no special meaning: "the attack"."""
    generic = scene.words("generic")
    return all(event_value(mention).lemma in generic for mention in mentions)


def _told_ahead(
    mention: Mention, others: list[Mention], ties: frozenset[str], distance: int, scene: Scene, reading: Reading
) -> bool:
    """Whether a verb tells what a noun for any such event told shortly before, of the same doer and done to the same:
    "Iran's first strike on Israel ... Iran fired missiles at Israel"."""
    nouns = _are_generic(others, scene) and all(_is_known(other, reading) for other in others)
    same = {"agent", "recipient"} <= ties
    return nouns and same and event_value(mention).tense is not None and 0 < distance <= RECENT


def _is_known(mention: Mention, reading: Reading) -> bool:
    """Whether a noun is definite, by an article or by whose it is."""
    before = reading.article.text[max(0, mention.span.start - BEFORE) : mention.span.start]
    return _definite_noun(mention) or (event_value(mention).tense is None and bool(OWNED.search(CUT.split(before)[-1])))


def _refers_back(
    case: Case, mention: Mention, other: Case, ties: frozenset[str], distance: int, kin: bool
) -> str | None:
    """A reason if a definite noun ("the strike") takes up the other case."""
    if distance == 0 or cases.clash(case, other):
        return None
    if kin and distance <= FAR:
        return f"“the {mention.text}” takes it up"
    said = bool(case.actors or case.places)
    if distance <= RECENT and (bool(ties & {"agent", "recipient", "place"}) or not said):
        return f"“the {mention.text}” takes up the same type of event"
    return None


# Rounds of talks


def _rounds(
    found: list[Case], reading: Reading, mentions: Mapping[str, Mention], scene: Scene, reasons: dict[str, list[str]]
) -> list[Case]:
    """The cases, those that only say "talks" or "the talks" joined with the article's main dated round of talks."""
    dated = [n for n, case in enumerate(found) if case.day and _round_nouns(case, mentions, scene)]
    most = max((len(found[n].mentions) for n in dated), default=0)
    main = [n for n in dated if len(found[n].mentions) == most]
    if len(main) != 1:
        return found
    known = _spoken(found[main[0]], reading, mentions, scene)
    for n, case in enumerate(found):
        current = found[main[0]]
        if n != main[0] and _is_round(case, current, known, reading, mentions, scene):
            found[main[0]] = cases.joined(*((current, case) if n > main[0] else (case, current)), scene)
            reasons[case.mentions[0]].append(f"of the article's only dated round of talks, in {reading.article.id}")
            found[n] = structs.replace(case, mentions=())
    return [case for case in found if case.mentions]


def _is_round(
    case: Case, main: Case, known: frozenset[str], reading: Reading, mentions: Mapping[str, Mention], scene: Scene
) -> bool:
    """Whether all words for the case are bare or definite nouns for talks, with nothing that the round has not."""
    nouns = _round_nouns(case, mentions, scene)
    if len(nouns) < len(case.mentions) or case.day or cases.at_odds(case, main, scene):
        return False
    added = (case.actors - main.actors) | (case.places - main.places) | (case.modes - main.modes)
    for noun in nouns:
        words = _before(noun, reading, scene)
        plain = event_value(noun).definite or (noun.text.lower().endswith("s") and not noun.text[0].isupper())
        if added or not plain or not known.issuperset(words):
            return False
    return True


def _round_nouns(case: Case, mentions: Mapping[str, Mention], scene: Scene) -> list[Mention]:
    own = (mentions[m] for m in case.mentions)
    return [m for m in own if event_value(m).tense is None and event_value(m).lemma in scene.words("rounds")]


def _spoken(case: Case, reading: Reading, mentions: Mapping[str, Mention], scene: Scene) -> frozenset[str]:
    """The words that belong to a round of talks: those before its nouns, and the names of its places and parties."""
    found = {word for m in case.mentions for word in _before(mentions[m], reading, scene)}
    nodes = (scene.nodes[id] for id in case.places)
    found |= {word for node in nodes for word in node.name.casefold().split()}
    return frozenset(found - scene.words("another"))


def _before(mention: Mention, reading: Reading, scene: Scene) -> list[str]:
    """The words before a noun that belong to it, in small letters, without the little ones."""
    start = event_value(mention).trigger[0]
    near = reading.article.text[max(0, start - BEFORE) : start]
    pieces = CUT.split(near)
    phrase = pieces[-1].split()[1 if len(pieces) == 1 and start > BEFORE else 0 :]
    words: list[str] = []
    for word in reversed(phrase):
        small = word.casefold().removesuffix("'s").removesuffix("’s")
        if small in scene.words("little") and small not in scene.words("another") and small != "of":
            break
        words.append(small)
    return [word for word in words if word != "of"]
