"""Who and where: mentions of actors and places, and what ties the actors of a phrase.

    the knowledge's names, longest first -> NER's names -> surnames -> descriptions -> pronouns

The name of a state, and of its capital, is an actor where it acts and a place where things are;
"an attack on Cyprus" has both, over the same words.
"""

from collections.abc import Iterator, Sequence

from msgspec import structs

from ...schemas.types import Schema
from ..knowledge import Description, Knowledge, KnownActor, Sense, fold, roles
from ..types import ActorValue, Link, Mention, MentionKind, PlaceValue, Value
from . import affiliations, descriptions, gazetteer, places
from .bearers import Bearers
from .gazetteer import Match
from .parse import Parse, TokenSpan
from .whereabouts import Whereabouts

_BODIES = frozenset({"Media", "Party", "Company", "ArmedGroup", "Organisation", "Government"})


def find(parse: Parse, schema: Schema, knowledge: Knowledge) -> list[Mention]:
    """Mentions of actors and places in text order, of the types that the schema has."""
    finder = _Finder(parse, knowledge)
    named = finder.names()
    by_token = {i: m for m in named for i in finder.tokens_of(m)}
    places_of = {i: m for m in named if m.kind == "place" for i in finder.tokens_of(m)}
    found = [
        *named,
        *descriptions.find(parse, by_token, knowledge),
        *descriptions.places_back(parse, places_of, knowledge),
        *descriptions.pronouns(parse, knowledge),
    ]
    types = schema.actor_types.keys() | schema.place_types.keys()
    unique = {mention.id: mention for mention in reversed(found) if not types or mention.type in types}
    return sorted(unique.values(), key=lambda m: (m.span.start, -m.span.end, m.kind))


def ties(parse: Parse, names: Sequence[Mention], schema: Schema) -> list[Link]:
    """Links between actors: `leads`, `member-of`, `represents`, `kin-of`, those that the schema has."""
    return [
        link
        for link in affiliations.find(parse, names, roles())
        if not schema.relations or link.type in schema.relations
    ]


class _Finder:
    """Names in one article, with what the article as a whole says of them."""

    def __init__(self, parse: Parse, knowledge: Knowledge):
        self.parse, self.doc, self.knowledge = parse, parse.doc, knowledge
        self.labels = gazetteer.labels(parse.doc)
        self.matches = gazetteer.matches(parse, knowledge)
        self.where = Whereabouts(parse, self.matches, self.labels, knowledge)
        day = parse.article.day
        self.bearers = Bearers(knowledge, day.year if day else None, self.where.named)
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
        bodies = {m.text: m for m in found if m.kind == "actor" and m.type in _BODIES and m.text.isalpha()}
        for token in self.doc:
            if token.i not in taken and token.pos_ == "PROPN" and token.text in self.people:
                found.append(self._person(Match(token.i, token.i + 1, label="PERSON"), "names/surname"))
            elif token.i not in taken and token.text in bodies and token.text[0].isupper():
                body = bodies[token.text]
                found.append(
                    self._mention(self.doc[token.i : token.i + 1], "actor", body.type, body.value, "names/again", 0.7)
                )
        return found

    def _surname(self, match: Match) -> str:
        """The last word of a name, with what a hyphen ties to it."""
        return self.doc[match.start : match.end].text.rsplit(" ", 1)[-1]

    def _people(self) -> dict[str, Match]:
        """Last names of the people whom the article names in full, with the first full name that ends so."""
        people: dict[str, Match] = {}
        for match in self.matches:
            person = match.label == "PERSON" or any(
                s.kind == "actor" and self.knowledge.actors[s.key].type == "Person" for s in match.senses
            )
            surname = self._surname(match)
            if person and match.end - match.start > 1 and len(surname) > 2:
                people.setdefault(surname, match)
        return people

    def _mentions(self, match: Match) -> Iterator[Mention]:
        span = self.doc[match.start : match.end]
        label = self.where.label(match)
        if " " not in span.text and span.text in self.people and not self._is_locative(span):
            yield self._person(match, "names/surname")
        elif self._is_given(span):
            yield self._person(Match(match.start, match.end, label="PERSON"), "names/given")
        elif match.senses or match.cities:
            yield from self._known(match, span, label)
        elif label == "PERSON" and self._is_relative(match):
            yield self._person(match, "names/person")
        elif label != "NORP" and places.is_unlisted(span, label, self.knowledge):
            yield self._unlisted(span, label)
        elif label in ("ORG", "PERSON") and (about := self._introduced(match.start)):
            yield self._mention(span, "actor", about.type, ActorValue(span.text, sectors=about.sectors), "names/kind")
        elif label == "PERSON" and (len(span) == 1 or span[-1].lower_ not in self.knowledge.roles.name_words):
            yield self._person(match, "names/person")
        elif label == "ORG" and self._sounds_like_person(span):
            yield self._person(match, "names/first-name")
        elif label == "NORP":
            yield from self._people_of(span)
        elif label == "GPE" and (town := self._town(span)):
            yield town
        elif label in ("ORG", "PERSON") and not self._is_portfolio(match):
            yield self._body(span)

    def _introduced(self, start: int) -> Description | None:
        """What a noun right before a name says that it names, if that is a body: "the newspaper La Prensa"."""
        noun = self.doc[start - 1] if start else None
        if noun is None or noun.pos_ != "NOUN" or noun.tag_ != "NN":
            return None
        about = self.knowledge.roles.descriptions.get(noun.lemma_.lower())
        return about if about and about.type in _BODIES and noun.i + 1 == start else None

    def _people_of(self, span: TokenSpan) -> Iterator[Mention]:
        """A people without a state, of the country that is told before it or that it lives in: "Iraqi Kurds"."""
        people = self.knowledge.roles.peoples.get(span.text)
        if people is None:
            return
        before = self.where.by_end.get(span.start)
        senses = before.senses if before else ()
        told = next((sense.key for sense in senses if sense.form == "nationality" and sense.kind == "actor"), None)
        plural = span.root.tag_ == "NNPS"
        value = ActorValue(span.text, country=told or people.country, sectors=("CVL",) if plural else (), plural=plural)
        yield self._mention(span, "actor", people.type, value, "names/people")

    def _is_relative(self, match: Match) -> bool:
        """Whether a name that sounds like a street's is somebody's: a relative's is so, or the surname stands alone."""
        surname = self.doc[match.end - 1].text
        first = self.people.get(surname)
        if first is None or match.end - match.start == 1:
            return False
        alone = (t for t in self.doc[match.end :] if t.text == surname and t.dep_ == "nsubj")
        return first.start < match.start or any(t.nbor(-1).pos_ != "PROPN" for t in alone)

    def _is_given(self, span: TokenSpan) -> bool:
        """Whether a town's name is the first name of a person named in full, who does something."""
        full = next((match for match in self.people.values() if self.doc[match.start].text == span.text), None)
        return full is not None and full.start < span.start and len(span) == 1 and span.root.dep_ == "nsubj"

    def _sounds_like_person(self, span: TokenSpan) -> bool:
        """Whether a name of two or three words starts with a first name and ends with no word for a body."""
        words = self.knowledge.roles.name_words
        first = self.knowledge.first_names.get(fold(span[0].lower_))
        written = all(token.text[0].isupper() and token.is_alpha and not token.is_upper for token in span)
        return bool(first) and 2 <= len(span) <= 3 and written and span[-1].lower_ not in words

    def _is_portfolio(self, match: Match) -> bool:
        """Whether a word says what a minister is minister of: "Secretary of State"."""
        before = [token.lower_ for token in self.doc[max(0, match.start - 2) : match.start]]
        return before in (["secretary", "of"], ["minister", "of"], ["minister", "for"])

    def _is_locative(self, span: TokenSpan) -> bool:
        head = span.root.head
        return span.root.dep_ == "pobj" and head.lower_ in self.knowledge.contexts["at"]

    def _known(self, match: Match, span: TokenSpan, label: str) -> Iterator[Mention]:
        actors = [sense for sense in match.senses if sense.kind == "actor"]
        listed = [self.knowledge.places[sense.key] for sense in match.senses if sense.kind == "place"]
        if actors and not listed and self.knowledge.actors[actors[0].key].type != "State":
            if all(self.knowledge.actors[sense.key].type == "Person" for sense in actors):
                yield self._person(match, "names/name")
            else:
                yield self._actor(actors[0], span)
            return
        states = any(sense.form == "name" for sense in actors)
        only = states or bool(actors and actors[0].form == "seat")
        homonyms = listed if only else self.where.homonyms(match, span.text)
        dateline = self.where.in_dateline(match.start)
        sure = bool(match.senses) and not self._is_first_name(match, span)
        labelled = sure or dateline or gazetteer.is_place_label(match, self.labels)
        person = label == "PERSON"
        cities = match.cities
        if not sure and not (
            cities and places.is_place(span, cities, labelled, person, self.where.around, self.knowledge)
        ):
            if label == "ORG":
                yield self._body(span)
            elif person:
                yield self._person(match, "names/person")
            return
        place = self.where.place(span, actors[0] if actors else None, homonyms)
        other = place and place.key != actors[0].key and place.type == "Region" if actors else False
        abroad = actors and actors[0].form == "capital" and place and place.country != actors[0].key
        if abroad or (other and actors[0].form in ("name", "capital")):
            actors = []  # Georgia and Washington, the parts of the United States; Tripoli in Lebanon
        form = actors[0].form if actors else "city"
        uses = places.usage(span, form, self.where.follows_place(match), self.knowledge)
        if actors and places.ACTOR in uses:
            yield self._actor(self._speaker(actors), span)
        if place and (places.PLACE in uses or not actors):
            value = self.knowledge.value(place)
            rule = "adjective" if form == "city" and _is_adjective(match) else "gazetteer"
            yield self._mention(span, "place", place.type, value, f"names/{rule}", 0.95 if match.senses else 0.85)

    def _speaker(self, actors: list[Sense]) -> Sense:
        """Who speaks by the name of a capital: a body that sits there, unless the article names the land."""
        bodies = [sense for sense in actors if self.knowledge.actors[sense.key].type != "State"]
        return bodies[0] if bodies and actors[0].key not in self.where.named else actors[0]

    def _is_first_name(self, match: Match, span: TokenSpan) -> bool:
        """Whether the name of a part of a land that the article does not name is a first name too: "Diana"."""
        known = [self.knowledge.places.get(sense.key) for sense in match.senses]
        foreign = all(place and place.type == "Region" and place.country not in self.where.named for place in known)
        return foreign and len(span) == 1 and span.text.lower() in self.knowledge.first_names

    def _actor(self, sense: Sense, span: TokenSpan) -> Mention:
        actor = self.knowledge.actors[sense.key]
        people = sense.form == "people"
        counted = people and not (span.start and self.doc[span.start - 1].lower_ == "the")
        form = "nationality" if sense.form in ("nationality", "people") else "name"
        value = _name_of(actor, form, plural=people)
        if counted:
            value = ActorValue(span.text, "nationality", country=actor.country, sectors=("CVL",), plural=True)
        return self._mention(span, "actor", "Group" if counted else actor.type, value, f"names/{sense.form}", 0.95)

    def _person(self, match: Match, rule: str) -> Mention:
        span = self.doc[match.start : match.end]
        called = affiliations.called(span, self.knowledge.roles)
        sectors, country = affiliations.title_of(self.doc, match.start, self.knowledge)
        known = self._bearer(span, match.senses)
        if known:
            both = tuple(dict.fromkeys((*sectors, *known.sectors)))
            value = structs.replace(_name_of(known), called=called, sectors=both)
            return self._mention(span, "actor", "Person", value, rule, 0.95 if len(span) > 1 else 0.8)
        country = country or self.bearers.country_of(span[-1].text, self._before(match.start))
        value = ActorValue(span.text, country=country, sectors=sectors, gender=self._gender(span), called=called)
        return self._mention(span, "actor", "Person", value, rule, 0.8)

    def _gender(self, span: TokenSpan) -> str | None:
        """What the words before a name tell ("Mrs", "spokesman"), else a first name in it."""
        genders = self.knowledge.roles.genders
        before = (self.doc[i].lower_.rstrip(".") for i in range(max(0, span.start - 2), span.start))
        told = next((genders[word] for word in before if genders.get(word) in ("f", "m")), None)
        return told or (self.knowledge.first_names.get(fold(span[0].lower_)) if len(span) > 1 else None)

    def _bearer(self, span: TokenSpan, senses: Sequence[Sense]) -> KnownActor | None:
        """The known person whom a name means, if any."""
        before = self._before(span.start)
        if senses:
            return self.bearers.of_full_name((sense.key for sense in senses), before)
        if " " in span.text:
            return self.bearers.of_other_spelling(span.text, before)
        full = self.people.get(span.text)
        if full:
            return self._bearer(self.doc[full.start : full.end], full.senses) if full.senses else None
        return self.bearers.of_surname(span.text, before)

    def _before(self, start: int) -> list[str]:
        """The words before a name, in small letters."""
        return [token.lower_ for token in self.doc[max(0, start - 4) : start]]

    def _unlisted(self, span: TokenSpan, label: str) -> Mention:
        """A place that the gazetteer lacks, unless it is a town."""
        kind = places.kind_of(span.text, label, self.knowledge)
        return self._town(span) or self._mention(span, "place", kind, PlaceValue(span.text), "names/unlisted", 0.5)

    def _town(self, span: TokenSpan) -> Mention | None:
        town = self.where.town(span)
        value = self.knowledge.value(town) if town else None
        return self._mention(span, "place", "City", value, "names/town", 0.7) if value else None

    def _body(self, span: TokenSpan) -> Mention:
        """An organisation by NER: its type by the words that it ends or starts with, its country by a name inside."""
        kinds = self.knowledge.roles.name_words
        words = [token.lower_.rstrip(".") for token in span]
        type = kinds.get(words[-1]) or kinds.get(words[0]) or "Organisation"
        named = [token for token in span if token.i == span.start or token.nbor(-1).lower_ in ("of", "the")]
        keys = [s.key for token in named for s in self.knowledge.names.get(token.lower_, ()) if s.kind == "actor"]
        country = next((self.knowledge.actors[key].country for key in keys), None)
        special = tuple(s for word in words if (s := self.knowledge.roles.name_sectors.get(word)))
        sectors = special or self.knowledge.roles.sectors.get(type, ())
        value = ActorValue(span.text, country=country, sectors=sectors)
        return self._mention(span, "actor", type, value, "names/organisation", 0.6)

    def _mention(
        self, span: TokenSpan, kind: MentionKind, type: str, value: Value, rule: str, confidence: float = 0.8
    ) -> Mention:
        return self.parse.mention(span.start_char, span.end_char, kind, type, value, rule, confidence)


def _is_adjective(match: Match) -> bool:
    """Whether a word names a part of the world as an adjective: "European"."""
    return bool(match.senses) and all(sense.form == "nationality" for sense in match.senses)


def _name_of(actor: KnownActor, form: str = "name", plural: bool = False) -> ActorValue:
    """A known actor as a mention's value."""
    return ActorValue(
        name=actor.name,
        form=form,
        key=actor.key,
        country=actor.country,
        sectors=actor.sectors,
        plural=plural,
        gender=actor.gender,
        wikidata=actor.wikidata,
    )
