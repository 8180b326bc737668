"""What the articles on one happening tell of events: their cases, joined over these articles, and what is said of them.

Happenings are gathered one by one, each from its own articles and what is known of these, so that few readings are in
memory at a time, and other processes can gather them as well. Of what they tell only that is kept which can become a
node, or a part of one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, msgpack, structs

from ...schemas.types import Schema
from ..corpus import Corpus
from ..types import UNTYPED, Figure, Mention, Reading, When, event_value
from .across import Joiner
from .cases import Case, Scene
from .denials import denied_in, is_denial
from .figures import figures_of
from .headlines import Candidate
from .inside import cases_of, roles_of, told_of
from .page import Page, Words
from .partial import phrases_of
from .rarity import Rarity
from .relations import Said, said_in
from .sameness import Sameness
from .settling import Known, Settled
from .standing import ends_of
from .tallies import tallies_of
from .telling import Teller, Told
from .worth import Worth


class Gathered(Struct):
    """What was told of events, as far as it can be of use: the cases of each happening, and what is told of these."""

    cases: list[Case] = []
    told: dict[str, Told] = {}  # by event mention, as is all below
    mentions: dict[str, Mention] = {}  # and the mentions of their numbers
    names: dict[str, Candidate] = {}  # what each mention calls its event
    reasons: dict[str, list[str]] = {}  # why it is one event with another
    figures: dict[str, list[Figure]] = {}
    phrases: dict[str, list[When]] = {}
    wholes: list[tuple[str, str]] = []  # a part and its whole
    said: list[Said] = []  # what can be a relation
    causal: set[str] = set()  # said to be a cause or an effect
    denied: set[str] = set()

    def take(self, other: "Gathered") -> None:
        """Take in what another happening tells."""
        for name in ("told", "mentions", "names", "reasons", "figures", "phrases"):
            getattr(self, name).update(getattr(other, name))
        self.cases += other.cases
        self.wholes += other.wholes
        self.said += other.said
        self.causal |= other.causal
        self.denied |= other.denied


class Happening(Struct, frozen=True):
    """The articles on one happening, and what is known of these."""

    readings: tuple[Reading, ...]
    known: Known

    def __reduce__(self) -> tuple[Any, ...]:
        """What pickle makes it of again; MessagePack is several times as quick for readings."""
        return _unpacked, (msgpack.encode(self.readings), self.known)


def _unpacked(readings: bytes, known: Known) -> Happening:
    return Happening(msgpack.decode(readings, type=tuple[Reading, ...]), known)


class Gatherer(Struct, frozen=True):
    """Gathers what the articles on one happening tell of events, by what is the same for all of them."""

    schema: Schema
    rarity: Rarity
    denied: frozenset[str]  # the lemmas of what somebody says was not done

    def gather(self, happening: Happening) -> Gathered:
        """What the articles on a happening tell."""
        return gather(happening.readings, happening.known, self)


Gathering = Callable[[Gatherer, Iterable[Happening]], Iterable[Gathered]]  # whoever does it; in the order of happenings


def here(gatherer: Gatherer, given: Iterable[Happening]) -> Iterator[Gathered]:
    """What each happening tells, gathered in this process."""
    return map(gatherer.gather, given)


def gathered(corpus: Corpus, settled: Settled, schema: Schema, gathering: Gathering = here) -> Gathered:
    """What all articles tell of events."""
    found = Gathered()
    listed = list(happenings(settled.groups))
    gatherer = Gatherer(schema, settled.rarity, settled.denied)
    for told, _ in zip(gathering(gatherer, _given(listed, corpus, settled)), listed, strict=True):
        found.take(told)
    return found


def _given(listed: Iterable[list[str]], corpus: Corpus, settled: Settled) -> Iterator[Happening]:
    for articles in listed:
        readings = tuple(corpus.readings(articles))
        yield Happening(readings, settled.part(readings))


def happenings(groups: Mapping[str, int]) -> Iterator[list[str]]:
    """The articles of each happening."""
    articles: dict[int, list[str]] = {}
    for article, group in groups.items():
        articles.setdefault(group, []).append(article)
    yield from articles.values()


def scene_of(readings: Sequence[Reading], known: Known, schema: Schema) -> Scene:
    """What the cases of some articles speak of."""
    mentions = {mention.id: mention for reading in readings for mention in reading.mentions}
    return Scene(known.nodes, known.resolution, schema, mentions, known.described)


def tell(readings: Sequence[Reading], scene: Scene, known: Known, rarity: Rarity) -> dict[str, Told]:
    """What each event mention in the articles on one happening tells, by its id."""
    teller = Teller(readings, scene.schema, rarity)
    told: dict[str, Told] = {}
    for reading in readings:
        told |= told_of(reading, roles_of(reading), scene, teller, known.starts[reading.article.id])
    return told


def gather(readings: Sequence[Reading], known: Known, common: Gatherer) -> Gathered:
    """What the articles on one happening tell of events."""
    schema = common.schema
    causal = {end for reading in readings for end in _causal(reading, schema)}
    reporting = schema.lexicons.get("reporting", frozenset())
    readings = [_without_speech(reading, reporting, causal) for reading in readings]
    scene = scene_of(readings, known, schema)
    told = tell(readings, scene, known, common.rarity)
    joiner = Joiner(scene, Sameness(scene, known.vectors), told)
    found = Gathered(causal=causal)
    reasons: dict[str, list[str]] = defaultdict(list)
    cases: list[Case] = []
    for reading in readings:
        cases += joiner.here(cases_of(reading, told, scene.mentions, scene, reasons), reasons)
        found.figures.update(figures_of(reading, known.resolution))
        found.phrases.update(phrases_of(reading))
        found.wholes += [(link.source, link.target) for link in reading.links if link.type == "part-of"]
        found.denied |= denied_in(reading)
    found.cases += joiner.over(cases, reasons)
    kept = _kept(found, told, reasons, scene, common.denied)
    words = Words.of(schema)
    for reading in readings:
        page = Page(reading, known, schema, words)
        events = (mention for mention in reading.mentions if mention.id in kept.told)
        kept.names.update((mention.id, page.candidate(mention)) for mention in events)
        kept.said += said_in(reading, kept.told, known.nodes, known.resolution, schema)
    return kept


def _without_speech(reading: Reading, reporting: Collection[str], causal: Collection[str]) -> Reading:
    """The reading without the words that only tell that somebody says something: they are no events of a graph.

    `reporting` are the lemmas of such words, `causal` the mentions that are said to be a cause or an effect.
    """
    mentions = tuple(
        m
        for m in reading.mentions
        if m.type != UNTYPED or m.kind != "event" or event_value(m).lemma not in reporting or m.id in causal
    )
    return structs.replace(reading, mentions=mentions) if len(mentions) < len(reading.mentions) else reading


def _causal(reading: Reading, schema: Schema) -> set[str]:
    """The mentions that are said to be a cause or an effect, by more than a hint."""
    links = [link for link in reading.links if ends_of(link.type, schema) and not link.is_hint]
    return {end for link in links for end in (link.source, link.target)}


def _kept(
    found: Gathered,
    told: Mapping[str, Told],
    reasons: Mapping[str, list[str]],
    scene: Scene,
    denied: frozenset[str],
) -> Gathered:
    """What can become a node, without what only compares mentions of one happening.

    A case does so by itself or joined with a case of another happening: what a source denies with what is told to have
    been done in the same words, or numbers that are of one tally.
    """
    worth = Worth(scene.schema, told, found.causal)

    def can_be_denied(case: Case) -> bool:
        words = (event_value(scene.mentions[mention]).lemma for mention in case.mentions)
        return case.status == "real" and bool(case.actors) and not denied.isdisjoint(words)

    cases = [
        case
        for case in found.cases
        if worth.a_node(case)
        or is_denial(case, found.denied, scene)
        or can_be_denied(case)
        or tallies_of(case, found.figures)
    ]
    events = [mention for case in cases for mention in case.mentions]
    counted = {figure.mention for event in events for figure in found.figures.get(event, ())}
    return Gathered(
        cases=cases,
        told={
            mention: structs.replace(told[mention], around={}, beside={}, vector=None, case=case)
            for case in cases
            for mention in case.mentions
        },
        mentions={m: scene.mentions[m] for m in (*events, *sorted(counted))},
        reasons={m: reasons[m] for m in events if m in reasons},
        figures={m: found.figures[m] for m in events if m in found.figures},
        phrases={m: found.phrases[m] for m in events if m in found.phrases},
        wholes=found.wholes,
        causal=found.causal,
        denied=found.denied,
    )
