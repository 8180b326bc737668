"""Who and where: mentions of actors and places, and what ties the actors of a phrase.

    the knowledge's names, longest first -> NER's names -> surnames -> descriptions -> pronouns

The name of a state, and of its capital, is an actor where it acts and a place where things are;
"an attack on Cyprus" has both, over the same words.
"""

from collections.abc import Iterator, Sequence

from ...schemas.types import Schema
from ..knowledge import KnownPlace, Knowledge, Sense
from ..types import ActorValue, Link, Mention, PlaceValue
from . import affiliations, descriptions, gazetteer, places
from .gazetteer import Match
from .parse import Parse, TokenSpan

_ABBREVIATION = 6


def find(parse: Parse, schema: Schema, knowledge: Knowledge) -> list[Mention]:
    """Mentions of actors and places in text order, of the types that the schema has."""
    finder = _Finder(parse, knowledge)
    named = finder.names()
    by_token = {i: m for m in named for i in finder.tokens_of(m)}
    found = [*named, *descriptions.find(parse, by_token, knowledge), *descriptions.pronouns(parse)]
    types = schema.actor_types.keys() | schema.place_types.keys()
    unique = {mention.id: mention for mention in reversed(found) if not types or mention.type in types}
    return sorted(unique.values(), key=lambda m: (m.span.start, -m.span.end, m.kind))


def ties(parse: Parse, names: Sequence[Mention], schema: Schema) -> list[Link]:
    """Links between actors: `leads`, `member-of`, `represents`, `kin-of`, those that the schema has."""
    return [link for link in affiliations.find(parse, names) if not schema.relations or link.type in schema.relations]


class _Finder:
    """Names in one article, with what the article as a whole says of them."""

    def __init__(self, parse: Parse, knowledge: Knowledge):
        self.parse, self.doc, self.knowledge = parse, parse.doc, knowledge
        self.labels = gazetteer.labels(parse.doc)
        self.matches = self._reconcile(gazetteer.known(parse, knowledge), list(gazetteer.entities(parse, knowledge)))
        self.context = places.countries([self._country(match) for match in self.matches])
        self.people = self._people()

    def tokens_of(self, mention: Mention) -> range:
        span = self.parse.span(mention)
        return range(span.start, span.end)

    def names(self) -> list[Mention]:
        """Every name as a mention, or as two: of an actor and of a place."""
        found: list[Mention] = []
        for match in self.matches:
            found.extend(self._mentions(match))
        taken = {i for match in self.matches for i in range(match.start, match.end)}
        for token in self.doc:
            if token.i not in taken and token.pos_ == "PROPN" and token.text in self.people:
                found.append(self._person(Match(token.i, token.i + 1, label="PERSON"), "names/surname"))
        return found

    def _reconcile(self, known: list[Match], entities: list[Match]) -> list[Match]:
        """One list without overlaps: what is known goes before what NER finds, unless NER's name is the longer one."""
        kept = [match for match in known if not self._is_inside(match, entities)]
        taken = {i for match in kept for i in range(match.start, match.end)}
        for entity in entities:
            free = [i for i in range(entity.start, entity.end) if i not in taken]
            if len(free) == entity.end - entity.start:
                kept.append(entity)
            elif entity.label == "PERSON" and free and free[-1] == entity.end - 1 and self._are_names(free):
                kept.append(Match(free[0], entity.end, label="PERSON"))
        return sorted(kept, key=lambda match: match.start)

    def _are_names(self, free: list[int]) -> bool:
        run = free == list(range(free[0], free[-1] + 1))
        return run and all(self.doc[i].pos_ == "PROPN" and self.doc[i].text[0].isupper() for i in free)

    def _is_inside(self, match: Match, entities: list[Match]) -> bool:
        """Whether a known name is only a part of a longer name: "Jordan" in "Michael Jordan", "Oslo" in "Oslo University"."""
        outer = next((e for e in entities if e.start <= match.start and match.end <= e.end), None)
        if outer is None or outer.end - outer.start == match.end - match.start:
            return False
        if any(sense.kind == "actor" and sense.form == "name" for sense in match.senses) and not any(
            sense.key in self.knowledge.places for sense in match.senses
        ):
            return False
        last = self.doc[outer.end - 1]
        if outer.label == "PERSON":
            adjective = any(sense.form in ("nationality", "people") for sense in match.senses)
            return not adjective and not (match.start == outer.start and self._is_title(match.end))
        if outer.label == "ORG":
            written = last.text[0].isupper() and last.pos_ in ("PROPN", "NOUN")
            return written and (last.lower_ in self.knowledge.roles.name_words or match.start > outer.start)
        return outer.label in ("FAC", "LOC", "GPE") and last.text[0].isupper() and match.end < outer.end

    def _is_title(self, i: int) -> bool:
        return i < len(self.doc) and self.doc[i].lower_ in self.knowledge.roles.titles

    def _country(self, match: Match) -> str | None:
        """The country that a match speaks for, when it is certain."""
        for sense in match.senses:
            if sense.key in self.knowledge.places:
                return self.knowledge.places[sense.key].country
            return self.knowledge.actors[sense.key].country
        return None

    def _people(self) -> dict[str, Match]:
        """Last names of the people whom the article names in full, with the first full name that ends so."""
        people: dict[str, Match] = {}
        for match in self.matches:
            person = match.label == "PERSON" or any(
                s.kind == "actor" and self.knowledge.actors[s.key].type == "Person" for s in match.senses
            )
            if person and match.end - match.start > 1 and len(self.doc[match.end - 1]) > 2:
                people.setdefault(self.doc[match.end - 1].text, match)
        return people

    def _mentions(self, match: Match) -> Iterator[Mention]:
        span = self.doc[match.start : match.end]
        label = match.label or next((self.labels[i] for i in range(match.start, match.end) if i in self.labels), "")
        if len(span) == 1 and span.text in self.people and not self._is_locative(span):
            yield self._person(match, "names/surname")
        elif match.senses or match.cities:
            yield from self._known(match, span, label)
        elif label == "PERSON":
            yield self._person(match, "names/person")
        elif label == "NORP":
            type = self.knowledge.roles.peoples.get(span.text)
            if type:
                yield self._mention(span, "actor", type, ActorValue(span.text, plural=span.root.tag_ == "NNPS"), "names/people")
        elif label in ("GPE", "LOC", "FAC"):
            yield self._unlisted(span, label)
        elif label == "ORG":
            yield self._body(span)

    def _is_locative(self, span: TokenSpan) -> bool:
        head = span.root.head
        return span.root.dep_ == "pobj" and head.lower_ in self.knowledge.contexts["at"]

    def _known(self, match: Match, span: TokenSpan, label: str) -> Iterator[Mention]:
        actors = [sense for sense in match.senses if sense.kind == "actor"]
        listed = [self.knowledge.places[sense.key] for sense in match.senses if sense.kind == "place"]
        if actors and not listed and self.knowledge.actors[actors[0].key].type != "State":
            yield self._actor(actors[0], span)
            return
        homonyms = [*listed, *match.cities] if not listed or len(listed) > 1 else listed
        if label == "PERSON" and not actors and len(span) == 1 and not self._is_locative(span):
            yield self._person(match, "names/person")
            return
        labelled = bool(match.senses) or gazetteer.is_place_label(match, self.labels)
        person = label == "PERSON"
        if not match.senses and not places.is_place(span, match.cities, labelled, person, self.context, self.knowledge):
            if label == "ORG":
                yield self._body(span)
            elif person:
                yield self._person(match, "names/person")
            return
        form = actors[0].form if actors else "city"
        uses = places.usage(span, form, self.knowledge)
        if actors and places.ACTOR in uses:
            yield self._actor(actors[0], span)
        if places.PLACE in uses or not actors:
            place = places.choose(homonyms, self._container(match), self.context)
            if place is None and actors:
                place = self.knowledge.places[actors[0].key]
            if place:
                value = places.value(place, self.knowledge)
                yield self._mention(span, "place", place.type, value, "names/gazetteer", 0.95 if match.senses else 0.85)

    def _container(self, match: Match) -> KnownPlace | None:
        """The state or region that follows a city's name behind a comma: "Toledo, Ohio"."""
        if match.end + 1 >= len(self.doc) or self.doc[match.end].text != ",":
            return None
        after = next((m for m in self.matches if m.start == match.end + 1), None)
        keys = [sense.key for sense in after.senses if sense.kind == "place"] if after else []
        return self.knowledge.places[keys[-1]] if keys else None

    def _actor(self, sense: Sense, span: TokenSpan) -> Mention:
        actor = self.knowledge.actors[sense.key]
        people = sense.form == "people"
        counted = people and not any(child.lower_ == "the" for child in span.root.lefts)
        value = ActorValue(
            name=span.text if counted else actor.name,
            form="nationality" if sense.form in ("nationality", "people") else "name",
            key=None if counted else actor.key,
            country=actor.country,
            sectors=("CVL",) if counted else actor.sectors,
            plural=people,
            gender=actor.gender,
            wikidata=actor.wikidata,
        )
        return self._mention(span, "actor", "Group" if counted else actor.type, value, f"names/{sense.form}", 0.95)

    def _person(self, match: Match, rule: str) -> Mention:
        span = self.doc[match.start : match.end]
        genders = self.knowledge.roles.genders
        before = [self.doc[i].lower_.rstrip(".") for i in range(max(0, match.start - 2), match.start)]
        gender = next((genders[word] for word in before if genders.get(word) in ("f", "m")), None)
        sectors, country = affiliations.title_of(self.doc, match.start, self.knowledge)
        value = ActorValue(span.text, country=country, sectors=sectors, gender=gender)
        return self._mention(span, "actor", "Person", value, rule, 0.8)

    def _unlisted(self, span: TokenSpan, label: str) -> Mention:
        """A place that the gazetteer lacks, or a small town in a country that the article is about."""
        towns = self.knowledge.towns(span.text) if label == "GPE" else []
        town = places.choose([t for t in towns if t.country in self.context], None, self.context)
        if town:
            value = places.value(town, self.knowledge)
            return self._mention(span, "place", "City", value, "names/town", 0.7)
        kind = places.kind_of(span.text, label, self.knowledge)
        return self._mention(span, "place", kind, PlaceValue(span.text), "names/ner", 0.5)

    def _body(self, span: TokenSpan) -> Mention:
        """An organisation by NER: its type by the words that it ends or starts with, its country by a name inside."""
        kinds = self.knowledge.roles.name_words
        words = [token.lower_.rstrip(".") for token in span]
        type = kinds.get(words[-1]) or kinds.get(words[0]) or "Organisation"
        country = next(
            (self.knowledge.actors[s.key].country for t in span for s in self.knowledge.names.get(t.lower_, ()) if s.kind == "actor"),
            None,
        )
        sectors = self.knowledge.roles.sectors.get(type, ())
        value = ActorValue(span.text, country=country, sectors=sectors)
        return self._mention(span, "actor", type, value, "names/organisation", 0.6)

    def _mention(self, span: TokenSpan, kind, type: str, value, rule: str, confidence: float = 0.8) -> Mention:  # type: ignore[no-untyped-def]
        return self.parse.mention(span.start_char, span.end_char, kind, type, value, rule, confidence)
