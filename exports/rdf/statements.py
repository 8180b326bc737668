"""A graph as named RDF graphs: what each article says in one of its own, what was woven from them in another.

    article graph     the article (schema:NewsArticle, nif:Context), the words that name a node (gaf:denotedBy),
                      and for each sentence that says so the relation itself, its statement's evidence, its claimant
    graph/woven       nodes, their times, and a statement node for each relation with its confidence
    graph/vocabulary  the concepts and terms that the other graphs use

Days are closed: `sem:hasLatestEndTimeStamp` and `time:hasEnd` name the last day possible. Nothing is
a blank node. A relation that an article only reports someone to claim stands in that article's graph
too; its statement is then a sem:View that is `sem:accordingTo` the claimant. One that is denied, planned or merely
possible is no triple of its own, but a statement with that status only.
"""

from collections.abc import Container, Iterator
from datetime import date, datetime, timedelta

from ...graph.asking.causal import backwards, cause_and_effect, supports
from ...graph.edtf import to_edtf
from ...graph.model import Graph
from ...graph.types import (
    AIM,
    HAPPENED,
    HINDERING,
    Actor,
    Article,
    Event,
    EventValue,
    Evidence,
    Figure,
    Node,
    Place,
    Reading,
    Relation,
    Report,
    When,
)
from .names import Iri, Names
from .vocabulary import (
    STATUS,
    Term,
    Triple,
    decimal,
    describe,
    integer,
    number,
    predicates,
    term,
    text,
    typed,
)


def named_graphs(graph: Graph, names: Names) -> Iterator[tuple[Iri, list[Triple]]]:
    """The named graphs with their triples, each once and sorted: the articles' in their order, woven, vocabulary."""
    said: dict[str, list[tuple[Relation, Evidence]]] = {id: [] for id in graph.articles}
    for relation in graph.relations:
        for evidence in relation.evidence:
            said[evidence.article].append((relation, evidence))
    counted: dict[str, list[tuple[Event, Figure]]] = {id: [] for id in graph.articles}
    for event in graph.events:
        for figure in event.figures:
            counted[figure.article].append((event, figure))
    doubtful = backwards(graph)
    for reading in graph.readings:
        id = reading.article.id
        triples = set(_reading(reading, graph, names))
        for relation, evidence in said[id]:
            triples.update(_said(relation, evidence, graph, names))
            triples.update(_leads(relation, evidence, graph, names, doubtful))
        for event, figure in counted[id]:
            triples.update(_figure(names.node(event.id), event, figure, names))
        yield names.article_graph(id), sorted(triples)
    yield names.woven, sorted(set(_woven(graph, names)))
    types = sorted({relation.type for relation in graph.relations})
    yield names.vocabulary_graph, sorted(set(describe(set(names.used), types, graph.schema, names)))


def _woven(graph: Graph, names: Names) -> Iterator[Triple]:
    for id in graph.articles:
        yield names.article_graph(id), term("prov:wasDerivedFrom"), names.article(id)
    for node in graph.nodes.values():
        yield from _node(node, graph, names)
    for relation in graph.relations:
        if not isinstance(graph.nodes[relation.target], Report):
            yield from _statement(relation, graph, names)
        if not relation.evidence and relation.factuality in HAPPENED:
            yield from _direct(relation, graph, names)


def _node(node: Node, graph: Graph, names: Names) -> Iterator[Triple]:
    """What is the case about a node."""
    if isinstance(node, Report):
        return
    iri = names.node(node.id)
    yield iri, term("rdfs:label"), text(node.name)
    for alias in node.aliases:
        yield iri, term("schema:alternateName"), text(alias)
    for reason in node.reasons:
        yield iri, names.term("reason"), text(reason)
    match node:
        case Event():
            yield from _event(node, iri, names)
        case Actor():
            yield from _actor(node, iri, graph, names)
        case Place():
            yield from _place(node, iri, graph, names)


def _event(event: Event, iri: Iri, names: Names) -> Iterator[Triple]:
    for type in ("sem:Event", "faro:Event", "schema:Event"):
        yield iri, term("rdf:type"), term(type)
    yield iri, term("sem:eventType"), names.concept("event", event.type)
    yield iri, term("faro:status"), term(STATUS[event.factuality])
    yield iri, names.term("factuality"), text(event.factuality)
    yield iri, names.term("sources"), integer(event.sources)
    if event.mode:
        yield iri, names.term("mode"), names.mode(event.type, event.mode)
    if event.intensity is not None:
        yield iri, names.term("intensity"), decimal(event.intensity)
    for name, count in (("killed", event.killed), ("injured", event.injured)):
        if count is not None:
            yield iri, names.term(name), integer(count)
    yield from _time(event.when, iri, names)


def _time(when: When | None, event: Iri, names: Names) -> Iterator[Triple]:
    """SEM's time stamps on the event, and an OWL-Time interval that events of the same days share."""
    edtf = to_edtf(when)
    if when is None or edtf is None:
        return
    interval = names.time(edtf)
    yield event, term("sem:hasTime"), interval
    yield event, names.term("precision"), text(when.precision)
    yield interval, term("rdf:type"), term("time:Interval")
    yield interval, term("rdf:type"), term("sem:Time")
    yield interval, term("rdfs:label"), text(edtf)
    last = when.latest - timedelta(days=1) if when.latest else None
    if when.earliest and when.earliest == last:
        yield event, term("sem:hasTimeStamp"), _date(last)
    for day, stamp, edge in (
        (when.earliest, "sem:hasEarliestBeginTimeStamp", "time:hasBeginning"),
        (last, "sem:hasLatestEndTimeStamp", "time:hasEnd"),
    ):
        if day:
            instant = names.day(day.isoformat())
            yield event, term(stamp), _date(day)
            yield interval, term(edge), instant
            yield instant, term("rdf:type"), term("time:Instant")
            yield instant, term("time:inXSDDate"), _date(day)


def _actor(actor: Actor, iri: Iri, graph: Graph, names: Names) -> Iterator[Triple]:
    yield iri, term("rdf:type"), term("sem:Actor")
    yield iri, term("rdf:type"), term("prov:Agent")
    yield iri, term("sem:actorType"), names.concept("actor", actor.type)
    known = graph.schema.actor_types.get(actor.type)
    if known and known.iri and (type := names.valid(known.iri)):
        yield iri, term("rdf:type"), type
    if actor.country:
        yield iri, names.term("country"), text(actor.country)
    for sector in actor.sector:
        yield iri, names.term("sector"), names.concept("sector", sector)
    for title in sorted({tenure.title for tenure in actor.offices}):
        yield iri, term("schema:jobTitle"), text(title)
    if actor.wikidata and (same := names.valid(f"http://www.wikidata.org/entity/{actor.wikidata}")):
        yield iri, term("schema:sameAs"), same


def _place(place: Place, iri: Iri, graph: Graph, names: Names) -> Iterator[Triple]:
    for type in ("sem:Place", "schema:Place"):
        yield iri, term("rdf:type"), term(type)
    yield iri, term("sem:placeType"), names.concept("place", place.type)
    known = graph.schema.place_types.get(place.type)
    if known and known.iri and (type_iri := names.valid(known.iri)):
        yield iri, term("rdf:type"), type_iri
    if place.lat is not None and place.lon is not None:
        yield iri, term("rdf:type"), term("wgs:SpatialThing")
        yield iri, term("wgs:lat"), decimal(place.lat)
        yield iri, term("wgs:long"), decimal(place.lon)
    if place.country:
        yield iri, names.term("country"), text(place.country)
    if place.geonames and (same := names.valid(f"https://sws.geonames.org/{place.geonames}/")):
        yield iri, term("schema:sameAs"), same
    if place.within:
        yield iri, term("schema:containedInPlace"), names.node(place.within)


def _reading(reading: Reading, graph: Graph, names: Names) -> Iterator[Triple]:
    """An article, and the words in it that name a node."""
    article = reading.article
    yield from _article(article, names)
    for mention in reading.mentions:
        if node := graph.resolution.get(mention.id):
            words = names.words(article.id, mention.span.start, mention.span.end)
            yield names.node(node), term("gaf:denotedBy"), words
            yield from _words(article, mention.span.start, mention.span.end, names)
            if isinstance(mention.value, EventValue):
                yield from _claim(words, mention.value, graph, names)


def _claim(words: Iri, value: EventValue, graph: Graph, names: Names) -> Iterator[Triple]:
    """How one mention puts an event, which another may put otherwise, and who it says so."""
    yield words, names.term("factuality"), text(value.factuality)
    if value.source and (claimant := graph.resolution.get(value.source)):
        yield words, term("prov:wasAttributedTo"), names.node(claimant)


def _article(article: Article, names: Names) -> Iterator[Triple]:
    iri = names.article(article.id)
    for type in ("schema:NewsArticle", "nif:Context", "prov:Entity"):
        yield iri, term("rdf:type"), term(type)
    yield iri, term("schema:identifier"), text(article.id)
    yield iri, term("nif:isString"), text(article.text)
    for property, value in (
        ("rdfs:label", article.title),
        ("schema:headline", article.title),
        ("schema:author", article.author),
        ("schema:inLanguage", article.language),
        ("schema:dateline", article.dateline),
    ):
        if value:
            yield iri, term(property), text(value)
    if article.published:
        yield iri, term("schema:datePublished"), _published(article.published)
    if article.url:
        is_web = article.url.startswith(("http://", "https://"))
        yield iri, term("schema:url"), (is_web and names.valid(article.url)) or text(article.url)
    if article.source and (source := names.source(article)):
        yield iri, term("schema:publisher"), source
        yield source, term("rdf:type"), term("schema:Organization")
        yield source, term("rdf:type"), term("prov:Agent")
        yield source, term("schema:name"), text(article.source)


def _words(article: Article, start: int, end: int, names: Names) -> Iterator[Triple]:
    """A stretch of text, with its offsets."""
    iri = names.words(article.id, start, end)
    yield iri, term("rdf:type"), term("nif:RFC5147String")
    yield iri, term("nif:anchorOf"), text(article.text[start:end])
    yield from _offsets(iri, article, start, end, names)


def _offsets(iri: Iri, article: Article, start: int, end: int, names: Names) -> Iterator[Triple]:
    yield iri, term("nif:beginIndex"), _index(start)
    yield iri, term("nif:endIndex"), _index(end)
    yield iri, term("nif:referenceContext"), names.article(article.id)


def _direct(relation: Relation, graph: Graph, names: Names) -> Iterator[Triple]:
    """The relation itself, under each of its predicates."""
    source, target = names.node(relation.source), names.node(relation.target)
    for predicate in predicates(relation.type, graph.schema, names):
        yield source, predicate, target


def _leads(
    relation: Relation, evidence: Evidence, graph: Graph, names: Names, doubtful: Container[tuple[str, str]]
) -> Iterator[Triple]:
    """`newsloom:leadsTo` from a cause to its effect, `newsloom:mayLeadTo` if that is only possible, planned or an aim.

    Together they are the hops of `newsloom why`: none where the evidence denies it, or the cause is dated behind its
    effect (`doubtful`).
    """
    ends = cause_and_effect(graph.schema, relation)
    if ends is None or ends in doubtful or ends[0] == ends[1] or relation.type == HINDERING:
        return
    told = evidence.factuality != "negated" and supports(relation, evidence) > 0
    if told and all(isinstance(graph.nodes[end], Event) for end in ends):
        holds = evidence.factuality in HAPPENED and relation.type != AIM
        yield names.node(ends[0]), names.term("leadsTo" if holds else "mayLeadTo"), names.node(ends[1])


def _statement(relation: Relation, graph: Graph, names: Names) -> Iterator[Triple]:
    """A node for the relation, to hang confidence and evidence on; for a role SEM's sem:Role too."""
    statement = _statement_name(relation, names)
    source, target = names.node(relation.source), names.node(relation.target)
    yield statement, term("rdf:type"), term("rdf:Statement")
    yield statement, term("rdf:subject"), source
    yield statement, term("rdf:predicate"), predicates(relation.type, graph.schema, names)[0]
    yield statement, term("rdf:object"), target
    yield statement, names.term("confidence"), decimal(relation.confidence)
    if _is_contingent(relation, graph):
        yield statement, names.term("factuality"), text(relation.factuality)
        yield statement, names.term("backwards"), typed(str(relation.backwards).lower(), "xsd:boolean")
    if relation.type in graph.schema.roles:
        yield statement, term("rdf:type"), term("sem:Role")
        yield statement, term("sem:roleType"), names.concept("role", relation.type)
        yield statement, term("rdf:value"), target
        yield source, term("sem:eventProperty"), statement


def _said(relation: Relation, evidence: Evidence, graph: Graph, names: Names) -> Iterator[Triple]:
    """The relation itself if it is said to hold; its evidence: the sentence, who says so, and the words that tie both.

    That an article reports an event is no claim of anybody's, and has no evidence but the words that name the event.
    """
    if evidence.factuality in HAPPENED:
        yield from _direct(relation, graph, names)
    if isinstance(graph.nodes[relation.target], Report):
        return
    article = graph.articles[evidence.article]
    statement = _statement_name(relation, names)
    iri = names.minted("evidence", relation.source, relation.type, relation.target, *_identity(evidence))
    yield statement, names.term("evidence"), iri
    yield iri, term("rdf:type"), term("prov:Entity")
    yield iri, term("rdf:type"), term("nif:OffsetBasedString")
    yield iri, term("prov:wasDerivedFrom"), names.article(article.id)
    yield iri, term("prov:value"), text(graph.sentence(evidence))
    yield iri, names.term("rule"), text(evidence.rule)
    yield iri, names.term("confidence"), decimal(evidence.confidence)
    if _is_contingent(relation, graph):
        yield iri, names.term("factuality"), text(evidence.factuality)
    yield from _offsets(iri, article, evidence.start, evidence.end, names)
    if evidence.cue:
        yield iri, names.term("cue"), names.words(article.id, *evidence.cue)
        yield from _words(article, *evidence.cue, names)
    if evidence.claimed_by:
        claimant = names.node(evidence.claimed_by)
        yield iri, term("prov:wasAttributedTo"), claimant
        yield claimant, term("rdf:type"), term("sem:Authority")
        yield statement, term("rdf:type"), term("sem:View")
        yield statement, term("sem:accordingTo"), claimant
    elif source := names.source(article):
        yield iri, term("prov:wasAttributedTo"), source


def _is_contingent(relation: Relation, graph: Graph) -> bool:
    """Whether the one end brought the other about or kept it from happening, which may be denied or only feared."""
    known = graph.schema.relations.get(relation.type)
    return relation.type == HINDERING or (known is not None and known.causal is not None)


def _statement_name(relation: Relation, names: Names) -> Iri:
    return names.minted("relation", relation.source, relation.type, relation.target)


def _identity(evidence: Evidence) -> tuple[object, ...]:
    """What makes two pieces of evidence for a relation the same; confidence does not."""
    return (
        *(evidence.article, evidence.start, evidence.end, evidence.rule),
        *(evidence.cue, evidence.source, evidence.target, evidence.claimed_by),
    )


def _figure(iri: Iri, event: Event, figure: Figure, names: Names) -> Iterator[Triple]:
    given = names.minted("figure", event.id, figure.mention, figure.of, figure.count)
    yield iri, names.term("figure"), given
    yield given, term("rdf:type"), names.term("Figure")
    yield given, names.term("count"), number(figure.count)
    yield given, names.term("counts"), text(figure.of)
    yield given, term("prov:wasDerivedFrom"), names.article(figure.article)
    if figure.bound:
        yield given, names.term("bound"), text(figure.bound)
    if figure.reported:
        yield given, names.term("reported"), _date(figure.reported)
    if figure.upper is not None:
        yield given, names.term("upper"), number(figure.upper)
    if figure.unit:
        yield given, names.term("unit"), text(figure.unit)
    if figure.source:
        yield given, term("prov:wasAttributedTo"), names.node(figure.source)


def _date(day: date) -> Term:
    return typed(day.isoformat(), "xsd:date")


def _index(offset: int) -> Term:
    return typed(offset, "xsd:nonNegativeInteger")


def _published(written: str) -> Term:
    """A date or a date-time if it is one, else the words."""
    try:
        if len(written) == 10:
            return _date(date.fromisoformat(written))
        return typed(datetime.fromisoformat(written).isoformat(), "xsd:dateTime")
    except ValueError:
        return text(written)
