"""Who and where: mentions of actors and places, and what ties the actors of a phrase.

    the knowledge's names, longest first -> NER's names -> surnames -> descriptions -> pronouns

The name of a state, and of its capital, is an actor where it acts and a place where things are;
"an attack on Cyprus" has both, over the same words.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import structs

from ...schemas.types import Schema
from ..knowledge import Description, Knowledge, KnownActor, KnownPlace, Sense, fold, roles
from ..types import ActorValue, Link, Mention, MentionKind, PlaceValue, Value
from . import affiliations, descriptions, gazetteer, places
from .bearers import Bearers
from .gazetteer import Match
from .parse import Parse, TokenSpan
from .surroundings import LARGE, Surroundings, home_of

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
        self.matches = self._reconcile(gazetteer.known(parse, knowledge), list(gazetteer.entities(parse, knowledge)))
        self.context = Counter(key for match in self.matches for key in self._homes(match))
        day = parse.article.day
        self.bearers = Bearers(knowledge, day.year if day else None, self.context)
        self.where = Surroundings(self.context, home_of(parse.article, knowledge), knowledge.contexts["english"])
        self.resolved: dict[str, KnownPlace] = {}  # a name, once the article has said where it is
        self.by_start = {match.start: match for match in self.matches}
        self.by_end = {match.end: match for match in self.matches}
        self.people = self._people()
        self._settle()

    def _settle(self) -> None:
        """Find where the article is at home by its dateline, then which of the places that it names are sure."""
        names = list(self._place_names())
        for start, name, namesakes, container in names:
            if self._in_dateline(start) and (place := self.where.choose(name, namesakes, container)):
                self.where.at_home(place)
        self.where.settle((name, namesakes, container) for _, name, namesakes, container in names)

    def _place_names(self) -> Iterator[tuple[int, str, list[KnownPlace], KnownPlace | None]]:
        """The names that can be of several places: where, what they can mean and what they are said to lie in."""
        for match in self.matches:
            label = match.label or next((self.labels[i] for i in range(match.start, match.end) if i in self.labels), "")
            actor = any(sense.kind == "actor" for sense in match.senses)
            told = match.senses or label in ("GPE", "LOC", "FAC") or self._in_dateline(match.start)
            if not match.cities or actor or not told:
                continue
            name = self.doc[match.start : match.end].text
            yield match.start, name, self._homonyms(match, name), self._container(match.end)

    def _homonyms(self, match: Match, name: str) -> list[KnownPlace]:
        """The places of a name: those listed, cities, counties, and towns where the article plays."""
        listed = [self.knowledge.places[sense.key] for sense in match.senses if sense.kind == "place"]
        large = any(place.weight >= LARGE and place.name == name for place in (*listed, *match.cities))
        towns = [] if large else [town for town in self.knowledge.towns(name) if self.where.vouches(town)]
        return list({place.key: place for place in (*listed, *match.cities, *towns)}.values())

    def _in_dateline(self, i: int) -> bool:
        return bool(self.parse.article.dateline) and self.doc[i].idx < self.parse.article.body

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
        """Whether a known name is only a part of a longer one: "Jordan" in "Michael Jordan"."""
        outer = next((e for e in entities if e.start <= match.start and match.end <= e.end), None)
        if outer is None or outer.end - outer.start == match.end - match.start:
            return False
        if any(sense.kind == "actor" and sense.form == "name" for sense in match.senses) and not any(
            sense.key in self.knowledge.places for sense in match.senses
        ):
            before = self.doc[match.start - 1] if match.start > outer.start else None
            return outer.label == "ORG" and before is not None and before.pos_ == "PROPN"  # "National Security Council"
        last = self.doc[outer.end - 1]
        if outer.label == "PERSON":
            adjective = any(sense.form in ("nationality", "people") for sense in match.senses)
            return not adjective and not (match.start == outer.start and self._is_title(match.end))
        if outer.label == "ORG":
            written = last.text[0].isupper() and last.pos_ in ("PROPN", "NOUN")
            opens = match.start == outer.start and bool(match.senses)  # "Israel Air": NER may have cut too late
            return written and (not opens or last.lower_ in self.knowledge.roles.name_words)
        return outer.label in ("FAC", "LOC", "GPE") and last.text[0].isupper() and match.end < outer.end

    def _is_title(self, i: int) -> bool:
        return i < len(self.doc) and self.doc[i].lower_ in self.knowledge.roles.titles

    def _homes(self, match: Match) -> set[str]:
        """The country that a match speaks for, when all that it can stand for agrees, and the region if it is one."""
        places, actors = self.knowledge.places, self.knowledge.actors
        known = [places[s.key] if s.key in places else actors[s.key] for s in match.senses]
        if any(isinstance(entry, KnownActor) and not entry.listed for entry in known):
            return set()
        countries = {entry.country for entry in known}
        if match.senses and all(sense.kind == "place" for sense in match.senses):
            countries |= {city.country for city in match.cities}  # "Santa Barbara" does not speak for Honduras
        if len(countries) != 1 or None in countries:
            return set()
        return {key for key in (*countries, known[0].key) if key}

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
        label = match.label or next((self.labels[i] for i in range(match.start, match.end) if i in self.labels), "")
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
        before = self.by_end.get(span.start)
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
        homonyms = listed if only else self._homonyms(match, span.text)
        dateline = self._in_dateline(match.start)
        sure = bool(match.senses) and not self._is_first_name(match, span)
        labelled = sure or dateline or gazetteer.is_place_label(match, self.labels)
        person = label == "PERSON"
        cities = match.cities
        if not sure and not (cities and places.is_place(span, cities, labelled, person, self.where, self.knowledge)):
            if label == "ORG":
                yield self._body(span)
            elif person:
                yield self._person(match, "names/person")
            return
        place = self._place(span, actors[0] if actors else None, homonyms)
        other = place and place.key != actors[0].key and place.type == "Region" if actors else False
        abroad = actors and actors[0].form == "capital" and place and place.country != actors[0].key
        if abroad or (other and actors[0].form in ("name", "capital")):
            actors = []  # Georgia and Washington, the parts of the United States; Tripoli in Lebanon
        form = actors[0].form if actors else "city"
        uses = places.usage(span, form, self._follows_place(match), self.knowledge)
        if actors and places.ACTOR in uses:
            yield self._actor(self._speaker(actors), span)
        if place and (places.PLACE in uses or not actors):
            value = places.value(place, self.knowledge)
            rule = "adjective" if form == "city" and _is_adjective(match) else "gazetteer"
            yield self._mention(span, "place", place.type, value, f"names/{rule}", 0.95 if match.senses else 0.85)

    def _speaker(self, actors: list[Sense]) -> Sense:
        """Who speaks by the name of a capital: a body that sits there, unless the article names the land."""
        bodies = [sense for sense in actors if self.knowledge.actors[sense.key].type != "State"]
        return bodies[0] if bodies and actors[0].key not in self.context else actors[0]

    def _is_first_name(self, match: Match, span: TokenSpan) -> bool:
        """Whether the name of a part of a land that the article does not name is a first name too: "Diana"."""
        known = [self.knowledge.places.get(sense.key) for sense in match.senses]
        foreign = all(place and place.type == "Region" and place.country not in self.context for place in known)
        return foreign and len(span) == 1 and span.text.lower() in self.knowledge.first_names

    def _place(self, span: TokenSpan, actor: Sense | None, homonyms: list[KnownPlace]) -> KnownPlace | None:
        """Which of the places of that name is meant; for a word that names a state's people or seat, where that is."""
        if actor and actor.form in ("nationality", "people"):
            return self.knowledge.places[actor.key]
        if span.end < len(self.doc) and self.doc[span.end].text in ("state", "province", "region"):
            return next((place for place in homonyms if place.type == "Region"), None)
        container, name = self._container(span.end) or self._told_of(span, homonyms), span.text.lower()
        if container is None and name in self.resolved:
            return self.resolved[name]
        if actor and actor.form == "capital" and not self._is_elsewhere(actor.key, homonyms, container):
            cities = [place for place in homonyms if place.type == "City" and place.country == actor.key]
            homonyms = [max(cities, key=lambda city: city.weight)] if cities else homonyms
        homonyms.sort(key=lambda place: -place.weight)
        place = self.where.choose(span.text, homonyms, container)
        if place and container:
            self.resolved[name] = place
        return place

    def _is_elsewhere(self, state: str, homonyms: list[KnownPlace], container: KnownPlace | None) -> bool:
        """Whether a capital's name is that of a town in another land, which the words beside it say."""
        return container is not None and any(
            container.key in (place.country, place.within) and place.country != state for place in homonyms
        )

    def _follows_place(self, match: Match) -> bool:
        """Whether a name stands behind that of a place in it and a comma, as "Syria" does in "Homs, Syria"."""
        if match.start < 2 or self.doc[match.start - 1].text != ",":
            return False
        before = self.by_end.get(match.start - 1)
        state = before and any(sense.form != "capital" and sense.kind == "actor" for sense in before.senses)
        return before is not None and not state and bool(before.cities or before.senses or before.label == "GPE")

    def _container(self, end: int) -> KnownPlace | None:
        """The state or region behind a city's name and a comma: "Toledo, Ohio", or a word that says it is a region."""
        if end + 1 >= len(self.doc) or self.doc[end].text != ",":
            return None
        abbreviation = self.knowledge.abbreviations.get(self.doc[end + 1].text)
        after = self.by_start.get(end + 1)
        keys = [sense.key for sense in after.senses if sense.kind == "place"] if after else []
        key = abbreviation or (keys[-1] if keys else None)
        return self.knowledge.places[key] if key else None

    def _told_of(self, span: TokenSpan, homonyms: list[KnownPlace]) -> KnownPlace | None:
        """The land or region that the clause of a town's name is about: "Georgia, where it killed two in Athens"."""
        for verb in span.root.ancestors:
            if verb.dep_ != "relcl" or not any(child.lower_ == "where" for child in verb.children):
                continue
            about = self.by_end.get(verb.head.i + 1)
            keys = {sense.key for sense in about.senses if sense.kind == "place"} if about else set()
            inside = next((key for place in homonyms for key in (place.within, place.country) if key in keys), None)
            return self.knowledge.places[inside] if inside else None
        return None

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
        """A small town where the article plays."""
        towns = [town for town in self.knowledge.towns(span.text) if self.where.vouches(town)]
        town = self.where.choose(span.text, towns, self._container(span.end))
        if town is None:
            return None
        return self._mention(span, "place", "City", places.value(town, self.knowledge), "names/town", 0.7)

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
