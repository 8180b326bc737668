"""Which known person bears a name in an article: named in full, titled, or in office where and when it plays."""

from collections.abc import Collection, Iterable, Sequence

from rapidfuzz import fuzz, process

from ..knowledge import Knowledge, KnownActor

NEARLY = 90  # rapidfuzz ratio, of 100, of another spelling of an office holder's name
_BEFORE = 4  # words before a name that can be the name of an office


class Bearers:
    """The known people, as an article of a year can mean them; `context` are the keys of what it names."""

    def __init__(self, knowledge: Knowledge, year: int | None, context: Collection[str]):
        self.knowledge, self.year, self.context = knowledge, year, context

    def of_full_name(self, keys: Iterable[str], before: Sequence[str]) -> KnownActor | None:
        """Who of some people of one full name is meant; who only held an office needs its name or its land.

        `before` are the words in small letters that stand before the name.
        """
        people = [self.knowledge.actors[key] for key in dict.fromkeys(keys) if key in self.knowledge.actors]
        vouched = [k for k in people if k.listed or k.country in self.context or self.is_titled(k, before)]
        return _only(filter(self.in_office, vouched)) or _only(vouched)

    def of_surname(self, surname: str, before: Sequence[str]) -> KnownActor | None:
        """Who is meant by a last name alone: titled so, or prominent where the article plays."""
        bearers = self.knowledge.bearers(surname)
        titled = [known for known in bearers if self.is_titled(known, before)]
        prominent = [known for known in bearers if known.country in self.context and self.is_prominent(known)]
        return _only(titled) or _only(filter(self.in_office, titled)) or _only(titled or prominent)

    def of_other_spelling(self, name: str, before: Sequence[str]) -> KnownActor | None:
        """The office holder whose name is spelt nearly so, if the words before the name are those of the office."""
        if not any(word in self.knowledge.roles.titles for word in before):
            return None
        found = process.extract(name, self.knowledge.people, scorer=fuzz.ratio, score_cutoff=NEARLY, limit=5)
        people = (self.knowledge.actors[key] for _, _, key in found)
        return _only(known for known in people if self.is_titled(known, before))

    def country_of(self, surname: str, before: Sequence[str]) -> str | None:
        """The country of all who are titled so and bear the last name: "President Bush" is of the United States."""
        countries = {k.country for k in self.knowledge.bearers(surname) if self.is_titled(k, before)}
        return next(iter(countries)) if len(countries) == 1 else None

    def is_titled(self, known: KnownActor, before: Sequence[str]) -> bool:
        """Whether the words before a name are those of an office that the person held by then."""
        near = list(before)[-_BEFORE:]
        return any(
            near[-len(title) :] == title and (self.year is None or office.start is None or office.start <= self.year)
            for office in known.offices
            if (title := office.title.split())
        )

    def in_office(self, known: KnownActor) -> bool:
        """Whether somebody held an office in the year of the article."""
        return any(office.covers(self.year) for office in known.offices)

    def is_prominent(self, known: KnownActor) -> bool:
        """Whether a last name alone can mean the person: of the short list, or heads a state in that year."""
        heads = self.knowledge.roles.state_heads
        return known.listed or any(office.covers(self.year) and office.title in heads for office in known.offices)


def _only(found: Iterable[KnownActor]) -> KnownActor | None:
    """The one person among some, None if there are none or several."""
    people = {known.key: known for known in found}
    return next(iter(people.values())) if len(people) == 1 else None
