"""The types of the house, all frozen: the text side (what is said, and where) and the world side
(what is the case, and who says so).

    text side                                     world side
    Mention --Link--> Mention        weave        Node --Relation--> Node
    inside one Article: a Reading                 over all articles: a Graph

Offsets are half-open and count Unicode code points of `Article.text`. Days are half-open too:
`When.latest` is the first day that is too late. None always means "the text does not say". What is frozen can be in
no circle of references, so the collector of these need not look at it (`gc=False`).
"""

from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

MentionKind = Literal["actor", "place", "time", "event", "quantity"]
NodeKind = Literal["event", "actor", "place", "article"]
Factuality = Literal["asserted", "negated", "planned", "hypothetical", "alleged"]
SERVED = frozenset({"State", "Government", "Military", "ArmedGroup", "Party"})  # their people share the country
UNIT = 127  # the length of an event mention's vector, in signed bytes
UNTYPED = "OTHER"  # the type of events that are of none of the schema
AIM = "intends-to-cause"  # the relation of what is done so that something else happens
HINT = "hint"  # how the rule of a link begins that a trained model alone tells and that is often wrong
CODED = "gdelt"  # how the rule of a mention begins that another program coded: its words are a table's, no article's
HINDERING = "prevents"  # the relation of what keeps something from happening: causal, though nothing comes of it
FIRMEST: tuple[Factuality, ...] = ("asserted", "alleged", "negated", "planned", "hypothetical")  # the firmest first
HAPPENED: tuple[Factuality, ...] = ("asserted", "alleged")  # what is told as having taken place
Offsets = tuple[int, int]


class Article(Struct, frozen=True, gc=False):
    """One article, cleaned; nothing changes its text from here on.

    `body` is where the text proper starts, behind a dateline ("JERUSALEM, April 14 (Xinhua) — ").
    `published` is ISO 8601 as it was given, or None: no date is ever invented. `published_from` says what
    gave it: the caller ("given"), the page's metadata ("meta"), a line about the article ("byline"), such a line that
    tells of an update alone ("updated"), the address ("url"), the dateline ("dateline"), or when it was seen by
    whoever coded its events ("seen").
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    dateline: str | None = None  # the place the dateline names, as written
    body: int = 0
    origin: str | None = None  # the file it was read from
    published_from: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication, or None when it is unknown."""
        return date.fromisoformat(self.published[:10]) if self.published else None


class Refusal(Struct, frozen=True, gc=False):
    """An input that was left out, and why, in words for a user."""

    origin: str
    reason: str


class When(Struct, frozen=True, gc=False):
    """The days in which something can have happened: `earliest` <= day < `latest`.

    `precision` is one of day, week, month, quarter, year, decade, interval, before, after;
    `phrase` the words it was read from; `rule` what read them. Where the text gives a day whose year
    nothing tells, both ends are None and `partial` is the date with its unknown digits, "XXXX-10-07".
    """

    earliest: date | None
    latest: date | None
    precision: str
    phrase: str | None = None
    rule: str = ""
    partial: Annotated[str, Meta(pattern=r"^XXXX-(0[1-9]|1[0-2])(-[0-3][0-9])?\Z")] | None = None

    @property
    def last_day(self) -> date | None:
        """The last day in which it can have happened, or None when it is unknown."""
        return self.latest - timedelta(days=1) if self.latest else None

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.earliest is not None and self.earliest == self.last_day


class Span(Struct, frozen=True, gc=False):
    """A stretch of an article's text, half-open."""

    article: str
    start: int
    end: int


class TimeValue(Struct, frozen=True, gc=False, tag="time"):
    """A time expression: its TIMEX3 value ("2024-04-13", "P6W", "XXXX-04-14") and its days, if known."""

    value: str
    when: When | None = None
    mod: str | None = None  # TIMEX3 modifier: START, MID, END, APPROX, ...


class QuantityValue(Struct, frozen=True, gc=False, tag="quantity"):
    """A number and what it counts: killed, injured, arrested, displaced, held, weapons, money ..., or a lemma.

    A range has its lower end as `count`, `at-least`, and its `upper` end. Plurals without a number ("dozens") have the
    least that they say: two of theirs. `unit` is the kind of weapon, or the currency of money as ISO 4217 has it.
    """

    count: float
    of: str
    bound: str | None = None  # at-least, at-most, about
    unit: str | None = None
    upper: float | None = None
    part: bool = False  # of those that the number before it counts: "including five children"


class ActorValue(Struct, frozen=True, gc=False, tag="actor"):
    """Who an actor mention names, as far as its own words and the knowledge tell.

    `form` is name, nationality ("Egyptian"), description ("the militant group") or pronoun.
    """

    name: str
    form: str = "name"
    key: str | None = None  # an entry of the knowledge
    country: str | None = None
    sectors: tuple[str, ...] = ()
    count: int | None = None
    plural: bool = False
    gender: str | None = None  # f, m or None
    wikidata: str | None = None
    called: tuple[str, ...] = ()  # what the words beside a name call its bearer: "defence minister", "former judge"


class PlaceValue(Struct, frozen=True, gc=False, tag="place"):
    """Which place a mention names; without a `key` the gazetteer does not know it."""

    name: str
    key: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    geonames: str | None = None
    within: tuple["PlaceValue", ...] = ()  # what it lies in, nearest first


class EventValue(Struct, frozen=True, gc=False, tag="event"):
    """What one mention says of an event. `source` is the mention of whoever says so, or None for the article.

    `vector` is where a trained model puts it: mentions of one event lie near one another (cosine of signed bytes).
    """

    lemma: str
    trigger: Offsets
    mode: str | None = None
    factuality: Factuality = "asserted"
    source: str | None = None
    when: When | None = None
    tense: str | None = None  # past, present, future, or None for a noun
    definite: bool = False  # "the strike": refers back
    subject: Offsets | None = None  # the words of who or what does it, whether or not they name an actor
    object: Offsets | None = None  # the words of what it is done to
    vector: bytes | None = None


Value = TimeValue | QuantityValue | ActorValue | PlaceValue | EventValue


class Mention(Struct, frozen=True, gc=False):
    """Words in an article that name an actor, a place, a time, an event or a quantity, and the rule that said so."""

    id: str
    span: Span
    kind: MentionKind
    type: str
    text: str
    value: Value
    rule: str
    confidence: float = 1.0

    @property
    def is_coded(self) -> bool:
        """Whether another program coded it: its words are a table's, which all rows share."""
        return self.rule.startswith(CODED)


def event_value(mention: Mention) -> EventValue:
    """The value of an event mention."""
    assert isinstance(mention.value, EventValue)
    return mention.value


class Link(Struct, frozen=True, gc=False):
    """What the text ties together: from a mention to a mention, with the words that do it.

    Besides the types of the schema, `same-as` runs from a pronoun or description to what it stands for. A causal link
    has a `factuality` of its own ("was not caused by" is negated, "may have led to" hypothetical) and, where not the
    article itself says that the one caused the other, the mention of whoever does (`claimed_by`).
    """

    source: str
    type: str
    target: str
    rule: str
    confidence: float = 1.0
    cue: Offsets | None = None
    source_span: Offsets | None = None
    target_span: Offsets | None = None
    factuality: Factuality = "asserted"
    claimed_by: str | None = None

    @property
    def is_hint(self) -> bool:
        """Whether it counts only where a second voice says the same."""
        return self.rule.startswith(HINT)


class Reading(Struct, frozen=True, gc=False):
    """Everything that one article says: its mentions in text order, its links, its sentences."""

    article: Article
    sentences: tuple[Offsets, ...]
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]


class Evidence(Struct, frozen=True, gc=False):
    """The sentence that says so, the words in it that do, and the rule that read them."""

    article: str
    start: int
    end: int
    rule: str
    confidence: float
    cue: Offsets | None = None
    source: str | None = None  # mention ids of the two ends
    target: str | None = None
    claimed_by: str | None = None  # actor node, when not the article itself
    factuality: Factuality = "asserted"  # of the relation, not of its ends


class Figure(Struct, frozen=True, gc=False):
    """One number given for an event by one article: figures of different sources stand side by side.

    Of what it counts and how sure it is, it says what its `QuantityValue` does. An event's figures are a series:
    sorted by what they count, by day and by who says so.
    """

    count: float
    of: str
    bound: str | None
    mention: str  # id of the quantity mention
    article: str
    reported: date | None = None  # the article's day
    source: str | None = None  # the actor node that says so, or None for the article itself
    holds: When | None = None  # the days that it is of, where the text says: "since October 7", "by Friday"
    upper: float | None = None
    unit: str | None = None
    part: bool = False  # of those that another figure counts
    factuality: Factuality = "asserted"  # that of the mention it is given for
    form: Literal["number", "single", "plural"] = "number"  # "a soldier" is single; "dozens" is plural, no number


class Claim(Struct, frozen=True, gc=False):
    """One version of an event: whether it happened, and who says so in which article."""

    factuality: Factuality
    source: str | None  # the actor node that says so, or None for the article itself
    mention: str  # the first mention that tells it so
    article: str
    reported: date | None = None  # the article's day


class Event(Struct, frozen=True, gc=False, tag="event", tag_field="kind"):
    """Something that happened, or was said to: one node, however often it is reported."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    when: When | None = None
    factuality: Factuality = "asserted"
    mode: str | None = None
    intensity: float | None = None
    killed: int | None = None
    injured: int | None = None
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()  # every version, the first told first
    sources: int = 1  # how many independent articles
    reasons: tuple[str, ...] = ()  # why its mentions are one event

    kind: ClassVar[NodeKind] = "event"


class Tenure(Struct, frozen=True, gc=False):
    """An office of an actor: from the knowledge, with its years, or as articles call the actor by it.

    `start` and `end` are years, None where they are unknown or it is held still; `of` the key of whose office it is.
    Of what articles say, `first` and `last` are the first and the last day of publication, `mentions` say so, and
    `former` tells that they call it a thing of the past.
    """

    title: str
    of: str | None = None
    start: str | None = None
    end: str | None = None
    former: bool = False
    first: date | None = None
    last: date | None = None
    mentions: tuple[str, ...] = ()


class Actor(Struct, frozen=True, gc=False, tag="actor", tag_field="kind"):
    """Someone who acts: a person, an organisation, a state, a group."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    country: str | None = None
    sector: tuple[str, ...] = ()
    wikidata: str | None = None
    offices: tuple[Tenure, ...] = ()
    reasons: tuple[str, ...] = ()

    kind: ClassVar[NodeKind] = "actor"


class Place(Struct, frozen=True, gc=False, tag="place", tag_field="kind"):
    """Somewhere: with coordinates when the gazetteer knows it, and the node it lies in."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    geonames: str | None = None
    within: str | None = None
    reasons: tuple[str, ...] = ()

    kind: ClassVar[NodeKind] = "place"


class Report(Struct, frozen=True, gc=False, tag="article", tag_field="kind"):
    """An article as a node: what reports the events."""

    id: str
    type: str
    name: str
    article: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()

    kind: ClassVar[NodeKind] = "article"


Node = Event | Actor | Place | Report


class Relation(Struct, frozen=True, gc=False):
    """A line between two nodes, with every place in the text that draws it.

    Its `factuality` is the firmest of its evidence; `backwards` tells that a cause is dated behind its effect.
    """

    source: str
    type: str
    target: str
    confidence: float
    evidence: tuple[Evidence, ...]
    factuality: Factuality = "asserted"
    backwards: bool = False


class Limit(Struct, frozen=True, gc=False):
    """A day that bounds an event: the first on which it can have begun, or the first that is too late for it."""

    event: str
    day: date


class Dropped(Struct, frozen=True, gc=False):
    """A relation of order that was left out because what is surer speaks against it.

    `chain` are the surer relations (source, type, target) that together say the contrary, in the order of time.
    They run from an event that began on a day to one that was over by another: `limits`; without these they lead
    from one end of the relation back to its other end.
    """

    relation: Relation
    chain: tuple[tuple[str, str, str], ...]
    limits: tuple[Limit, Limit] | None = None


class Side(Struct, frozen=True, gc=False):
    """One of two that were taken for one: the words it was called by, the article, and the mention with these words."""

    words: str
    article: str
    mention: str


class Merge(Struct, frozen=True, gc=False):
    """Why two sides are one node: the reason in words, the rule that gave it, and how sure it is (0 to 1).

    `parts` are the mentions that would go with the `other` side if the merge were undone.
    """

    node: str
    one: Side
    other: Side
    reason: str
    rule: str
    confidence: float
    parts: tuple[str, ...]


def most_doubtful(merge: Merge) -> tuple[float, str, str]:
    """A sort key of merges: the most doubtful first."""
    return merge.confidence, merge.node, merge.other.mention


class Woven(Struct, frozen=True):
    """What is woven of readings: all of a graph but the readings themselves. `resolution` is the node of a mention.

    So that an article can be added without weaving all anew, `telling` are the words that tell most of each article,
    and `holders` how many articles hold each word.
    """

    nodes: dict[str, Node]
    relations: tuple[Relation, ...]
    resolution: dict[str, str]
    dropped: tuple[Dropped, ...] = ()
    merges: tuple[Merge, ...] = ()
    telling: dict[str, tuple[str, ...]] = {}
    holders: dict[str, int] = {}


class Graft(Struct, frozen=True):
    """What an article changes in a graph: nodes and relations that are new or other than they were, and what is added.

    `telling` are the words that tell most of the article.
    """

    nodes: list[Node]
    relations: list[Relation]
    resolution: dict[str, str]
    merges: list[Merge]
    telling: tuple[str, ...]


class Anchor(Struct, frozen=True, gc=False):
    """What a user pointed at, so that it is found again: the mentions that name it, and what they are known by.

    Where an article is read anew and its mentions are others, `keys` (entries of the knowledge) and `names`
    (normalised) tell which of them are meant.
    """

    name: str
    mentions: tuple[str, ...]
    articles: tuple[str, ...]
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Decision(Struct, frozen=True, gc=False):
    """What a user decided of two sides: they are one actor or place (merge), or they are two (split).

    Of a split the `other` side is the one that is parted off.
    """

    verb: Literal["merge", "split"]
    kind: NodeKind
    one: Anchor
    other: Anchor
