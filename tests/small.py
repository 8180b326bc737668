"""A graph small enough to read, made by hand: two articles about real events in own words.

strike on the consulate (1 April) <- responds-to - Iran's launch (13 April) <- responds-to - Israel vows to respond
"""

from datetime import date
from functools import cache

from newsloom.graph.model import Graph
from newsloom.graph.types import (
    Actor,
    ActorValue,
    Article,
    Event,
    EventValue,
    Evidence,
    Figure,
    Link,
    Mention,
    Place,
    PlaceValue,
    QuantityValue,
    Reading,
    Relation,
    Report,
    Span,
    TimeValue,
    When,
)
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

FIRST = Article(
    id="a1",
    title="Iran fires drones at Israel",
    text=(
        "Iran launched drones at Israel on Saturday in response to the strike on its consulate in Damascus. "
        "The strike on April 1 killed seven officers, Iran said."
    ),
    published="2024-04-14",
    source="Example Wire",
    url="https://example.org/iran",
    language="en",
)
SECOND = Article(
    id="a2",
    title="Israel promises an answer",
    text="After Iran launched drones on April 13, Israel vowed to respond.",
    published="2024-04-15",
    source="Example Post",
    language="en",
)

APRIL_1 = When(date(2024, 4, 1), date(2024, 4, 2), "day", "April 1", "month-day")
APRIL_13 = When(date(2024, 4, 13), date(2024, 4, 14), "day", "on Saturday", "weekday")
BEFORE_15 = When(None, date(2024, 4, 16), "before", None, "publication")


@cache
def small_schema() -> Schema:
    """The default schema."""
    return load_schema()


def _mention(article: Article, words: str, kind, type, value, rule="by-hand", nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    end = start + len(words)
    return Mention(
        f"{article.id}:{start}-{end}:{kind}", Span(article.id, start, end), kind, type, words, value, rule, 0.9
    )


def _event(article: Article, words: str, type: str, lemma: str, nth: int = 0, **fields) -> Mention:
    plain = _mention(article, words, "event", type, EventValue(lemma, (0, 0)), nth=nth)
    value = EventValue(lemma, (plain.span.start, plain.span.end), **fields)
    return _mention(article, words, "event", type, value, nth=nth)


def _actor(article: Article, words: str, type: str, name: str, nth: int = 0, **fields) -> Mention:
    return _mention(article, words, "actor", type, ActorValue(name, **fields), nth=nth)


def small_readings() -> tuple[Reading, Reading]:
    """What the two articles say."""
    iran, iran_says = (
        _actor(FIRST, "Iran", "State", "Iran", nth=n, key="IRN", country="IRN", sectors=("GOV",)) for n in (0, 1)
    )
    israel = _actor(FIRST, "Israel", "State", "Israel", key="ISR", country="ISR", sectors=("GOV",))
    israel_place = _mention(
        FIRST, "Israel", "place", "Country", PlaceValue("Israel", "ISR", 31.5, 34.75, "ISR", "294640")
    )
    syria = PlaceValue("Syria", "SYR", 35.0, 38.0, "SYR", "163843")
    damascus = _mention(
        FIRST,
        "Damascus",
        "place",
        "City",
        PlaceValue("Damascus", "geonames:170654", 33.51, 36.29, "SYR", "170654", (syria,)),
    )
    saturday = _mention(FIRST, "Saturday", "time", "DATE", TimeValue("2024-04-13", APRIL_13))
    april_1 = _mention(FIRST, "April 1", "time", "DATE", TimeValue("2024-04-01", APRIL_1))
    launch = _event(FIRST, "launched", "ASSAULT", "launch", mode="drone", when=APRIL_13, tense="past")
    strike = _event(FIRST, "strike", "ASSAULT", "strike", mode="aerial", when=APRIL_1, definite=True)
    strike_2 = _event(
        FIRST,
        "strike",
        "ASSAULT",
        "strike",
        nth=1,
        when=APRIL_1,
        definite=True,
        factuality="alleged",
        source=iran_says.id,
    )
    seven = _mention(FIRST, "seven officers", "quantity", "killed", QuantityValue(7, "killed"))
    cue = (FIRST.text.index("in response to"), FIRST.text.index("in response to") + len("in response to"))
    first = Reading(
        FIRST,
        sentences=((0, 98), (99, len(FIRST.text))),
        mentions=(iran, launch, israel, israel_place, saturday, strike, damascus, strike_2, april_1, seven, iran_says),
        links=(
            Link(launch.id, "agent", iran.id, "subject", 0.9),
            Link(launch.id, "recipient", israel.id, "preposition", 0.8),
            Link(launch.id, "place", israel_place.id, "preposition", 0.8),
            Link(launch.id, "time", saturday.id, "clause", 0.9),
            Link(strike.id, "place", damascus.id, "preposition", 0.9),
            Link(strike_2.id, "time", april_1.id, "modifier", 0.9),
            Link(strike_2.id, "says", iran_says.id, "reporting", 0.9),
            Link(strike_2.id, "quantity", seven.id, "object", 0.9),
            Link(launch.id, "responds-to", strike.id, "cue:in response to", 0.9, cue, (0, 42), (58, 97)),
        ),
    )
    iran_2 = _actor(SECOND, "Iran", "State", "Iran", key="IRN", country="IRN", sectors=("GOV",))
    israel_2 = _actor(SECOND, "Israel", "State", "Israel", key="ISR", country="ISR", sectors=("GOV",))
    launch_2 = _event(SECOND, "launched", "ASSAULT", "launch", mode="drone", when=APRIL_13, tense="past")
    vow = _event(SECOND, "vowed", "THREATEN", "vow", when=BEFORE_15, tense="past")
    respond = _event(SECOND, "respond", "ASSAULT", "respond", factuality="planned", tense="future")
    second = Reading(
        SECOND,
        sentences=((0, len(SECOND.text)),),
        mentions=(iran_2, launch_2, israel_2, vow, respond),
        links=(
            Link(launch_2.id, "agent", iran_2.id, "subject", 0.9),
            Link(vow.id, "agent", israel_2.id, "subject", 0.9),
            Link(respond.id, "agent", israel_2.id, "control", 0.7),
            Link(vow.id, "responds-to", launch_2.id, "cue:after", 0.6, (0, 5)),
            Link(launch_2.id, "before", vow.id, "signal:after", 0.9, (0, 5)),
        ),
    )
    return first, second


def small_graph() -> Graph:
    """The woven graph of the two articles."""
    first, second = small_readings()
    nodes = (
        Actor("actor/iran", "State", "Iran", ("Iran",), ("a1:0-4:actor",), "IRN", ("GOV",), "Q794"),
        Actor("actor/israel", "State", "Israel", ("Israel",), (), "ISR", ("GOV",), "Q801"),
        Place("place/israel", "Country", "Israel", (), (), 31.5, 34.75, "ISR", "294640"),
        Place("place/syria", "Country", "Syria", (), (), 35.0, 38.0, "SYR", "163843"),
        Place("place/damascus", "City", "Damascus", (), (), 33.51, 36.29, "SYR", "170654", "place/syria"),
        Event(
            "event/launch",
            "ASSAULT",
            "Iran launches drones at Israel",
            ("Iran launched drones",),
            tuple(r.mentions[1].id for r in (first, second)),
            APRIL_13,
            "asserted",
            "drone",
            -9.5,
            sources=2,
            reasons=("same type, day and agent in a1 and a2",),
        ),
        Event(
            "event/strike",
            "ASSAULT",
            "Strike on the consulate in Damascus",
            ("the strike",),
            (first.mentions[5].id, first.mentions[7].id),
            APRIL_1,
            "asserted",
            "aerial",
            -9.5,
            killed=7,
            figures=(Figure(7, "killed", None, first.mentions[9].id, "a1", date(2024, 4, 14)),),
        ),
        Event(
            "event/vow",
            "THREATEN",
            "Israel vows to respond",
            (),
            (second.mentions[3].id,),
            BEFORE_15,
            "asserted",
            None,
            -3.5,
        ),
        Event("event/respond", "ASSAULT", "Israel responds", (), (second.mentions[4].id,), None, "planned", None, -9.0),
        Report("article/a1", "Article", FIRST.title or "", "a1"),
        Report("article/a2", "Article", SECOND.title or "", "a2"),
    )
    one, two = first.sentences
    (only,) = second.sentences

    def says(article: str, sentence, rule: str, confidence: float, cue=None, by=None) -> tuple[Evidence, ...]:
        return (Evidence(article, *sentence, rule, confidence, cue, claimed_by=by),)

    launched = says("a1", one, "subject", 0.9) + says("a2", only, "subject", 0.9)
    relations = (
        Relation("event/launch", "agent", "actor/iran", 0.99, launched),
        Relation("event/launch", "recipient", "actor/israel", 0.8, says("a1", one, "preposition", 0.8)),
        Relation("event/launch", "place", "place/israel", 0.8, says("a1", one, "preposition", 0.8)),
        Relation("event/strike", "place", "place/damascus", 0.9, says("a1", one, "preposition", 0.9)),
        Relation("event/strike", "says", "actor/iran", 0.9, says("a1", two, "reporting", 0.9, by="actor/iran")),
        Relation(
            "event/launch", "responds-to", "event/strike", 0.9, says("a1", one, "cue:in response to", 0.9, (43, 57))
        ),
        Relation("event/vow", "agent", "actor/israel", 0.9, says("a2", only, "subject", 0.9)),
        Relation("event/vow", "responds-to", "event/launch", 0.6, says("a2", only, "cue:after", 0.6, (0, 5))),
        Relation("event/launch", "before", "event/vow", 0.9, says("a2", only, "signal:after", 0.9, (0, 5))),
        Relation("event/respond", "agent", "actor/israel", 0.7, says("a2", only, "control", 0.7)),
        Relation("place/damascus", "within", "place/syria", 1.0, says("a1", one, "gazetteer", 1.0)),
        *(
            Relation(event, "reported-in", f"article/{article}", 1.0, says(article, sentence, "mention", 1.0))
            for event, article, sentence in (
                ("event/launch", "a1", one),
                ("event/strike", "a1", one),
                ("event/launch", "a2", only),
                ("event/vow", "a2", only),
                ("event/respond", "a2", only),
            )
        ),
    )
    resolution = {
        mention.id: node
        for node, mentions in (
            ("event/launch", (first.mentions[1], second.mentions[1])),
            ("event/strike", (first.mentions[5], first.mentions[7])),
            ("event/vow", (second.mentions[3],)),
            ("event/respond", (second.mentions[4],)),
            ("actor/iran", (first.mentions[0], first.mentions[10], second.mentions[0])),
            ("actor/israel", (first.mentions[2], second.mentions[2])),
            ("place/israel", (first.mentions[3],)),
            ("place/damascus", (first.mentions[6],)),
        )
        for mention in mentions
    }
    return Graph(small_schema(), (first, second), nodes, relations, resolution)
