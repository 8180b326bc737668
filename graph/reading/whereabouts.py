"""Which place a name means in an article: by what it is said to lie in, what lies near, and where the article plays."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..knowledge import Knowledge, KnownActor, KnownPlace, Sense
from .gazetteer import Match
from .parse import Parse, TokenSpan
from .surroundings import LARGE, Surroundings, home_of


class Whereabouts:
    """The places of one article. `named` counts the keys of the lands and regions that its names speak for."""

    def __init__(self, parse: Parse, matches: Sequence[Match], labels: Mapping[int, str], knowledge: Knowledge):
        self.parse, self.doc, self.knowledge = parse, parse.doc, knowledge
        self.matches, self.labels = matches, labels
        self.named = Counter(key for match in matches for key in self._homes(match))
        self.around = Surroundings(self.named, home_of(parse.article, knowledge), knowledge.contexts["english"])
        self.resolved: dict[str, KnownPlace] = {}  # a name, once the article has said where it is
        self.by_start = {match.start: match for match in matches}
        self.by_end = {match.end: match for match in matches}
        self._settle()

    def label(self, match: Match) -> str:
        """What NER takes a name for, if anything."""
        return match.label or next((self.labels[i] for i in range(match.start, match.end) if i in self.labels), "")

    def _settle(self) -> None:
        """Find where the article is at home by its dateline, then which of the places that it names are sure."""
        names = list(self._place_names())
        for start, name, namesakes, container in names:
            if self.in_dateline(start) and (place := self.around.choose(name, namesakes, container)):
                self.around.at_home(place)
        self.around.settle((name, namesakes, container) for _, name, namesakes, container in names)

    def _place_names(self) -> Iterator[tuple[int, str, list[KnownPlace], KnownPlace | None]]:
        """The names that can be of several places: where, what they can mean and what they are said to lie in."""
        for match in self.matches:
            label = self.label(match)
            actor = any(sense.kind == "actor" for sense in match.senses)
            told = match.senses or label in ("GPE", "LOC", "FAC") or self.in_dateline(match.start)
            if not match.cities or actor or not told:
                continue
            name = self.doc[match.start : match.end].text
            yield match.start, name, self.homonyms(match, name), self._container(match.end)

    def homonyms(self, match: Match, name: str) -> list[KnownPlace]:
        """The places of a name: those listed, cities, counties, and towns where the article plays."""
        listed = [self.knowledge.places[sense.key] for sense in match.senses if sense.kind == "place"]
        large = any(place.weight >= LARGE and place.name == name for place in (*listed, *match.cities))
        towns = [] if large else [town for town in self.knowledge.towns(name) if self.around.vouches(town)]
        return list({place.key: place for place in (*listed, *match.cities, *towns)}.values())

    def in_dateline(self, i: int) -> bool:
        """Whether a token stands in the dateline."""
        return bool(self.parse.article.dateline) and self.doc[i].idx < self.parse.article.body

    def place(self, span: TokenSpan, actor: Sense | None, homonyms: list[KnownPlace]) -> KnownPlace | None:
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
        place = self.around.choose(span.text, homonyms, container)
        if place and container:
            self.resolved[name] = place
        return place

    def _is_elsewhere(self, state: str, homonyms: list[KnownPlace], container: KnownPlace | None) -> bool:
        """Whether a capital's name is that of a town in another land, which the words beside it say."""
        return container is not None and any(
            container.key in (place.country, place.within) and place.country != state for place in homonyms
        )

    def follows_place(self, match: Match) -> bool:
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

    def town(self, span: TokenSpan) -> KnownPlace | None:
        """A small town of that name where the article plays."""
        towns = [town for town in self.knowledge.towns(span.text) if self.around.vouches(town)]
        return self.around.choose(span.text, towns, self._container(span.end))
