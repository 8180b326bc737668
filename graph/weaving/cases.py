"""What mentions tell of an event, and whether two such cases can be one event, and what speaks for it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from ...schemas.types import Schema
from ..types import (
    HAPPENED,
    UNTYPED,
    Actor,
    ActorValue,
    Mention,
    Node,
    Place,
    Reading,
    TimeValue,
    When,
    event_value,
)
from .sets import NOTHING, both, frozen

ACTORS = ("agent", "recipient", "participant")
ACTING = ("agent",)
UNDERGOING = ("recipient",)
STATUSES = ("real", "negated", "open")  # what tells most of an event first
STATE_ORGANS = frozenset(("GOV", "MIL", "SPY", "COP"))
STAMP = re.compile(r"XXXX-(?:WXX-\d|\d\d-\d\d)")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MONTH = timedelta(days=31)
ORDER = 10  # times as many dead as another event's are those of an event of another order


class Case(Struct, frozen=True, gc=False):
    """One event as far as its mentions tell. Actors stand as their sides: a state for its organs and officials."""

    mentions: tuple[str, ...]
    articles: frozenset[str]
    published: date | None
    type: str
    status: str  # real, negated or open
    verbal: bool
    modes: frozenset[str]
    lemmas: frozenset[str]
    when: When | None  # the tightest days that all mentions allow
    stamps: frozenset[str]  # days that could not be resolved: XXXX-WXX-6, XXXX-10-07
    origin: str | None  # the file of an article that nobody has dated
    agents: frozenset[str]
    recipients: frozenset[str]
    participants: frozenset[str]
    parts: frozenset[tuple[str, str]]  # the role of each named person among its actors
    definite: bool  # it is first mentioned as something known: "the explosion"
    setting: frozenset[str]  # the cities and narrower places that its articles mention
    places: frozenset[str]
    lands: frozenset[str]  # the countries of these places
    towards: frozenset[str]  # sides of the countries that it happens in or heads for
    origins: frozenset[str]  # sides of what it starts from
    victims: frozenset[str]  # the words for those whom it is done to and who have no name
    killed: frozenset[float]
    tied: frozenset[str]  # mentions that the text tells apart from it: its causes, its effects, what came before

    @property
    def actors(self) -> frozenset[str]:
        """Everyone who does it, undergoes it or takes part."""
        return both(both(self.agents, self.recipients), self.participants)

    @property
    def typed(self) -> bool:
        """Whether it is of a type of the schema."""
        return self.type != UNTYPED

    @property
    def day(self) -> date | None:
        """Its day, when it is known to the day."""
        return self.when.earliest if self.when is not None and length(self.when) == DAY else None


class Scene:
    """The nodes that cases speak of, with the questions asked of them while events are resolved."""

    def __init__(
        self,
        nodes: Mapping[str, Node],
        resolution: Mapping[str, str],
        schema: Schema,
        mentions: Mapping[str, Mention],
        described: frozenset[str],
    ):
        self.nodes = nodes
        self.resolution = resolution
        self.schema = schema
        self.mentions = mentions
        self.described = described  # actors of no name, who say little of which event it is
        self._outer: dict[str, frozenset[str]] = {}
        self._ancestry: dict[str, tuple[str, ...]] = {}

    def side(self, id: str) -> str | None:
        """What an actor or place counts as: a country's code for a state, its organs and land; None for anybody."""
        node = self.nodes[id]
        if isinstance(node, Actor):
            if node.type == "Media":
                return None
            if node.country and (node.type in ("State", "Military") or STATE_ORGANS.intersection(node.sector)):
                return node.country
            return None if id in self.described else id.partition("/")[2]
        if isinstance(node, Place):
            return node.country if node.type == "Country" and node.country else id.partition("/")[2]
        return None

    def sides(self, mentions: Iterable[str]) -> frozenset[str]:
        """The sides of some mentions."""
        nodes = (self.resolution.get(mention) for mention in mentions)
        return frozen(side for node in nodes if node and (side := self.side(node)))

    def countries(self, mentions: Iterable[str]) -> frozenset[str]:
        """The sides of those mentions that are of states and countries."""
        nodes = (self.nodes.get(self.resolution.get(mention, "")) for mention in mentions)
        return frozen(
            side for node in nodes if node and node.type in ("State", "Country") and (side := self.side(node.id))
        )

    def one_name(self, one: str, other: str) -> bool:
        """Whether two actors are one, or the words of one's name are all in the other's."""
        some, others = (set(self.nodes[id].name.casefold().split()) for id in (one, other))
        return one == other or some <= others or others <= some

    def words(self, lexicon: str) -> frozenset[str]:
        """The words of a list of the schema."""
        return self.schema.lexicons.get(lexicon, frozenset())

    def _is_named_person(self, id: str) -> bool:
        return id in self.nodes and self.nodes[id].type == "Person" and id not in self.described

    def _words(self, mentions: Iterable[str]) -> frozenset[str]:
        """The words for those of the mentions that nobody names, without the little ones."""
        nodes = {node for m in mentions if (node := self.resolution.get(m)) in self.described}
        words = {
            word.removesuffix("'s").removesuffix("’s")
            for node in nodes
            if node
            for word in self.nodes[node].name.casefold().split()
        }
        return frozen(words - self.words("little"))

    def outer(self, place: str) -> frozenset[str]:
        """The place and all that it lies in."""
        if place not in self._outer:
            node = self.nodes[place]
            within = node.within if isinstance(node, Place) else None
            self._outer[place] = frozenset((place,))  # should it lie in itself
            self._outer[place] |= self.outer(within) if within else frozenset()
        return self._outer[place]

    def nested(self, some: Iterable[str], others: Iterable[str]) -> frozenset[str]:
        """The narrower places of the pairs of which one lies in the other."""
        others = list(others)
        inner = {a for a in some for b in others if b in self.outer(a)}
        return frozenset(inner | {b for a in some for b in others if a in self.outer(b)})

    def narrow(self, places: Iterable[str]) -> bool:
        """Whether one of the places is narrower than a country or a region."""
        return any(self.nodes[place].type not in ("Country", "Region") for place in places)

    def foreign(self, places: Iterable[str], actors: frozenset[str]) -> bool:
        """Whether one of the places is the land of somebody else than the actors."""
        return any(self.side(place) not in actors for place in places)

    def ancestry(self, type: str) -> tuple[str, ...]:
        """An event type and its broader ones, narrowest first."""
        if type not in self._ancestry:
            known = self.schema.event_types.get(type)
            broader = known.extends if known else None
            self._ancestry[type] = (type, *(self.ancestry(broader) if broader else ()))
        return self._ancestry[type]

    def quiet(self, type: str) -> bool:
        """Whether the type is no political one: one launch, one trial, one explosion a day and place."""
        known = self.schema.event_types.get(type)
        return known is not None and known.quad is None

    def akin(self, one: str, other: str) -> bool:
        """Whether one of two types is the other, or a broader one."""
        return one in self.ancestry(other) or other in self.ancestry(one)

    def related(self, one: str, other: str) -> bool:
        """Whether events of these types can be one: of the same type, or of a broader one outside politics."""
        if one == other:
            return True
        broader = one if one in self.ancestry(other) else other if other in self.ancestry(one) else None
        return broader is not None and self.quiet(broader)

    def setting(self, reading: Reading) -> frozenset[str]:
        """The cities and narrower places that an article mentions."""
        nodes = {self.resolution.get(m.id, "") for m in reading.mentions if m.kind == "place"}
        return frozen(node for node in nodes if node and self.narrow((node,)))

    def case(
        self,
        mention: Mention,
        roles: Mapping[str, list[str]],
        reading: Reading,
        setting: frozenset[str],
        tied: frozenset[str],
    ) -> Case:
        """What a mention says of its event."""
        value = event_value(mention)
        known = self.schema.event_types.get(mention.type)
        acting = [m for role in ACTING for m in roles.get(role, ())]
        undergoing = [m for role in UNDERGOING for m in roles.get(role, ())]
        taking_part = roles.get("participant", [])
        parts = {(role, self.resolution.get(m, "")) for role in ACTORS for m in roles.get(role, ())}
        parts = {part for part in parts if self._is_named_person(part[1])}
        resolved = (self.nodes.get(self.resolution.get(m, "")) for m in roles.get("place", ()))
        places = [node for node in resolved if isinstance(node, Place)]
        towards = [m for role in ("place", "destination") for m in roles.get(role, ())]
        return Case(
            mentions=(mention.id,),
            articles=frozen((reading.article.id,)),
            published=reading.article.day,
            type=mention.type,
            status="real" if value.factuality in HAPPENED else "negated" if value.factuality == "negated" else "open",
            verbal=known is not None and known.is_verbal,
            modes=frozen((value.mode,) if value.mode else ()),
            lemmas=frozen((value.lemma, mention.rule) if value.mode else (value.lemma,)),
            when=value.when,
            stamps=_stamps(roles, self.mentions) if value.when is None else NOTHING,
            origin=None if reading.article.published else reading.article.origin,
            agents=self.sides(acting),
            recipients=self.sides(undergoing),
            participants=self.sides(taking_part),
            parts=frozen(parts),
            definite=value.definite,
            setting=setting,
            places=frozen(place.id for place in places),
            lands=frozen(place.country for place in places if place.country),
            towards=self.countries(towards),
            origins=self.countries(roles.get("origin", ())),
            victims=self._words(undergoing),
            killed=NOTHING,
            tied=tied,
        )


def _stamps(roles: Mapping[str, list[str]], mentions: Mapping[str, Mention]) -> frozenset[str]:
    values = (mentions[m].value for m in roles.get("time", ()))
    return frozen(v.value[:10] for v in values if isinstance(v, TimeValue) and STAMP.match(v.value))


def described(nodes: Iterable[Node], mentions: Mapping[str, Mention]) -> frozenset[str]:
    """The actors that no mention names."""
    return frozenset(
        node.id for node in nodes if isinstance(node, Actor) and not any(_names(mentions[m]) for m in node.mentions)
    )


def _names(mention: Mention) -> bool:
    value = mention.value
    return isinstance(value, ActorValue) and (value.form in ("name", "nationality") or value.key is not None)


def length(when: When) -> timedelta | None:
    """How many days it spans, None when an end is open."""
    return when.latest - when.earliest if when.earliest and when.latest else None


def lasting(when: When | None) -> bool:
    """Whether it tells how long something went on rather than when it was: "since October 7"."""
    if when is None or when.precision not in ("interval", "after"):
        return False
    span = length(when)
    return span is None or span > 2 * WEEK


def overlap(one: When | None, other: When | None) -> bool:
    """Whether some day is in both; what is not dated can be on any day."""
    if one is None or other is None:
        return True
    early = not (one.latest and other.earliest) or other.earliest < one.latest
    late = not (other.latest and one.earliest) or one.earliest < other.latest
    return early and late


def tighter(one: When | None, other: When | None) -> When | None:
    """The one that leaves fewer days."""
    if one is None or other is None:
        return one or other
    spans = length(one), length(other)
    if spans[0] is None or spans[1] is None:
        return one if spans[1] is None else other
    return one if spans[0] <= spans[1] else other


def joined(one: Case, other: Case, scene: Scene) -> Case:
    """The case of both, of the narrower type, and of any rather than none."""
    main = one if one.typed or not other.typed else other
    days = [day for day in (one.published, other.published) if day]
    return Case(
        mentions=one.mentions + other.mentions,
        articles=both(one.articles, other.articles),
        published=min(days) if days else None,
        type=max((one, other), key=lambda case: (case.typed, len(scene.ancestry(case.type)))).type,
        status=min(one.status, other.status, key=STATUSES.index),
        verbal=main.verbal,
        modes=both(one.modes, other.modes),
        lemmas=both(one.lemmas, other.lemmas),
        when=tighter(one.when, other.when),
        stamps=both(one.stamps, other.stamps),
        origin=one.origin or other.origin,
        agents=both(one.agents, other.agents),
        recipients=both(one.recipients, other.recipients),
        participants=both(one.participants, other.participants),
        parts=both(one.parts, other.parts),
        definite=one.definite,
        setting=both(one.setting, other.setting),
        places=both(one.places, other.places),
        lands=both(one.lands, other.lands),
        towards=both(one.towards, other.towards),
        origins=both(one.origins, other.origins),
        victims=both(one.victims, other.victims),
        killed=both(one.killed, other.killed),
        tied=both(one.tied, other.tied),
    )


def apart(one: Case, other: Case, scene: Scene) -> bool:
    """Whether something says for certain that they are two events."""
    return denied(one, other) or surely_two(one, other, scene)


def denied(one: Case, other: Case) -> bool:
    """Whether one happened and the other did not."""
    return {one.status, other.status} == {"real", "negated"}


def surely_two(one: Case, other: Case, scene: Scene) -> bool:
    """Whether they are two events even if what one article tells of is denied in the other."""
    return (
        (one.typed and other.typed and (one.status != other.status or not scene.related(one.type, other.type)))
        or not one.tied.isdisjoint(other.mentions)
        or not other.tied.isdisjoint(one.mentions)
        or not overlap(one.when, other.when)
        or (one.when is None and other.when is None and _other_stamps(one, other))
        or (lasting(one.when) != lasting(other.when) and one.when is not None and other.when is not None)
        or strangers(one, other, scene)
        or _another_order(one, other)
    )


def at_odds(one: Case, other: Case, scene: Scene) -> bool:
    """Whether they are two events, as far as the grammar around them tells: who, where, and whether it happened."""
    return apart(one, other, scene) or one.status != other.status or other_parties(one, other, scene)


def other_parties(one: Case, other: Case, scene: Scene) -> bool:
    """Whether they are done by others, to others, or elsewhere."""
    elsewhere = one.places and other.places and not scene.nested(one.places, other.places)
    return bool(elsewhere) or _different_actors(one, other)


def _other_stamps(one: Case, other: Case) -> bool:
    """Whether their days without a date differ; weekdays only tell within one file."""
    some, others = one.stamps, other.stamps
    if one.origin is None or one.origin != other.origin:
        some, others = (frozenset(stamp for stamp in own if "W" not in stamp) for own in (some, others))
    return _differ(some, others)


def clash(case: Case, other: Case) -> bool:
    """Whether the later of one article has victims, figures, parties or a country of its own that the other has not."""
    victims = bool(case.victims and other.victims) and case.victims.isdisjoint(other.victims)
    killed = bool(case.killed and other.killed) and case.killed.isdisjoint(other.killed)
    parties = bool(case.participants) and not other.actors
    return victims or killed or parties or _elsewhere(case, other) or _elsewhere(other, case)


def _elsewhere(here: Case, there: Case) -> bool:
    """Whether the one happens in another country than the other is aimed at."""
    aim = there.towards | there.recipients
    return (
        bool(here.places and aim)
        and not there.places
        and here.recipients.isdisjoint(aim)
        and here.lands.isdisjoint(aim)
    )


def _another_order(case: Case, other: Case) -> bool:
    """Whether one has many times as many dead as the other: a strike's, and those of all the war."""
    if not case.killed or not other.killed:
        return False
    return max(case.killed) > ORDER * sum(other.killed) or max(other.killed) > ORDER * sum(case.killed)


def _different_actors(one: Case, other: Case) -> bool:
    if one.participants or other.participants:
        return bool(one.actors and other.actors) and one.actors.isdisjoint(other.actors)
    return _differ(one.agents, other.agents) or _differ(one.recipients, other.recipients)


def strangers(one: Case, other: Case, scene: Scene) -> bool:
    """Whether in some role both have named people, and none of them can be one of the others."""
    if not one.parts or not other.parts:
        return False
    for role in ACTORS:
        some, others = ([node for part, node in case.parts if part == role] for case in (one, other))
        if some and others and not any(scene.one_name(a, b) for a in some for b in others):
            return True
    return False


def _differ(some: frozenset[str], others: frozenset[str]) -> bool:
    return bool(some and others) and some.isdisjoint(others)


def ties(one: Case, other: Case, scene: Scene) -> frozenset[str]:
    """What speaks for one event: agent, recipient, place, land, day, words, manner.

    Two actors that meet on equal footing count as agent and recipient, one as agent. A country that
    it starts from or heads for may be who does or undergoes it; a country or region that it happens
    in tells less than a place: it is the land.
    """
    found = set()
    if one.agents & (other.agents | other.origins) or other.agents & one.origins:
        found.add("agent")
    if one.recipients & (other.recipients | other.towards) or other.recipients & one.towards:
        found.add("recipient")
    if one.participants or other.participants:
        shared = one.actors & other.actors
        found |= {"agent", "recipient"} if len(shared) > 1 else {"agent"} if shared else set()
    places = scene.nested(one.places, other.places)
    if scene.narrow(places):
        found.add("place")
    elif scene.foreign(places, one.actors | other.actors):
        found.add("land")
    if (one.day and one.day == other.day) or one.stamps & other.stamps:
        found.add("day")
    if one.lemmas & other.lemmas:
        found.add("words")
    if one.modes & other.modes:
        found.add("manner")
    return frozenset(found)


def settings(case: Case) -> frozenset[str]:
    """The places of the case, or those around it where it names none."""
    return case.places or case.setting


def short(when: When | None) -> bool:
    """Whether it is dated to a week or better."""
    span = length(when) if when else None
    return span is not None and span <= WEEK


def vague(when: When | None) -> bool:
    """Whether it is dated, but no better than to a month."""
    span = length(when) if when else None
    return span is not None and WEEK < span <= MONTH
