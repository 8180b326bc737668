"""What an entry of the knowledge is: actors, offices, places, and what a name or a noun can stand for."""

from msgspec import Struct


class Office(Struct, frozen=True):
    """An office that somebody holds or held: what it is called, the key of whose it is, and the years, if known."""

    title: str
    of: str | None = None
    start: int | None = None
    end: int | None = None

    def covers(self, year: int | None) -> bool | None:
        """Whether it was held in a year; None when the years or the year are unknown."""
        if year is None or self.start is None:
            return None
        return self.start <= year and (self.end is None or year <= self.end)


class KnownActor(Struct, frozen=True):
    """An actor that newsloom knows; `leads` and `member` are keys of others.

    A person who is not `listed` is known from a list of office holders alone: others may bear the same name.
    """

    key: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sectors: tuple[str, ...] = ()
    gender: str | None = None
    wikidata: str | None = None
    offices: tuple[Office, ...] = ()
    leads: str | None = None
    member: str | None = None
    listed: bool = True


class KnownPlace(Struct, frozen=True):
    """A place that newsloom knows; `within` is the key of what it lies in, latitude and longitude are in degrees.

    `weight` compares namesakes: a city's people, more for places that the knowledge lists itself.
    """

    key: str
    name: str
    type: str
    lat: float
    lon: float
    country: str | None = None
    geonames: str | None = None
    weight: int = 0
    within: str | None = None


class Sense(Struct, frozen=True):
    """One thing that a name can stand for.

    `form` is name, nationality (an adjective), people ("Egyptians"), seat (a building or street of a
    government) or capital; `exact` names are matched only as they are written.
    """

    kind: str  # actor or place
    key: str
    spelling: str
    form: str = "name"
    exact: bool = False


class People(Struct, frozen=True):
    """What a name for a people stands for, and the state that it lives in, if that is one."""

    type: str
    country: str | None = None


class Description(Struct, frozen=True):
    """What kind of actor a noun describes."""

    type: str
    sectors: tuple[str, ...]
