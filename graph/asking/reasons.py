"""What is answered when somebody asks why: plain frozen records.

Answer (why, effects) ── Hop ── Ground       one event, the hops around it, the sentence behind each
Route (chain)         ── Hop ── Ground       one way from a cause to a late effect
Reach (roots, turning points)                how many events led to an event, and followed from it
Conflict (conflicts)  ── Ground              who says that the one caused the other, and who denies it
"""

from typing import Literal

from msgspec import Struct

from ..types import Event, Factuality, Offsets, Relation

Direction = Literal["why", "effects"]


class Ground(Struct, frozen=True):
    """A sentence that says (or, if `factuality` is negated, denies) that one event led to another.

    `cue` are the words in it that tie the two, `quote` these with the words around them; `cue_at` are the offsets of
    the cue in the sentence, `start` and `end` those of the sentence in the article. `claimant` is the name of whoever
    says so, None where the article itself does; `outlet` is where it was published.
    """

    relation: str
    sentence: str
    quote: str
    article: str
    start: int
    end: int
    rule: str
    confidence: float
    factuality: Factuality = "asserted"
    cue: str | None = None
    cue_at: Offsets | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    claimed_by: str | None = None
    claimant: str | None = None

    @property
    def voice(self) -> str:
        """Whoever says so: who claims it, else the outlet, else the article."""
        return self.claimant or self.outlet or self.title or self.article


class Hop(Struct, frozen=True):
    """One step from a cause to its effect.

    `depth` is 1 at the event asked for (in a route: the number of the hop). `relations` are all that tie the two,
    surest first; `confidence` is that of the surest, `path_confidence` the product of confidences of the surest way
    between here and the event asked for. `factuality` is the firmest of the `grounds`, surest first; `denials` are the
    sentences that deny the hop. `backwards` tells that the cause is dated behind its effect.
    """

    depth: int
    cause: Event
    effect: Event
    relations: tuple[Relation, ...]
    confidence: float
    path_confidence: float
    factuality: Factuality = "asserted"
    grounds: tuple[Ground, ...] = ()
    denials: tuple[Ground, ...] = ()
    backwards: bool = False

    @property
    def relation(self) -> Relation:
        """The surest relation of the two."""
        return self.relations[0]


class Answer(Struct, frozen=True):
    """Why an event happened, or what came of it: the hops, breadth first, surest first at each depth.

    The hops at one event are those whose effect (why) or cause (effects) it is. `more` is how many less sure hops were
    left out. `prevented` are hops of depth 1 that tell what the event prevented (effects), or what prevented it
    (why); `denied` are hops of depth 1 that are only denied: they have no grounds, only denials. `silent` are events
    that fit the question as well, of which nothing is told; `others` fit it less well.
    """

    asked: str
    direction: Direction
    event: Event
    hops: tuple[Hop, ...] = ()
    more: int = 0
    prevented: tuple[Hop, ...] = ()
    denied: tuple[Hop, ...] = ()
    others: tuple[Event, ...] = ()
    silent: tuple[Event, ...] = ()


class Route(Struct, frozen=True):
    """One way from a cause to an effect over hops in between; `confidence` is the product of theirs."""

    hops: tuple[Hop, ...]
    confidence: float


class Reach(Struct, frozen=True):
    """How many other events led to an event (`causes`) and followed from it (`effects`), over any number of hops."""

    event: Event
    causes: int
    effects: int


class Conflict(Struct, frozen=True):
    """A cause that one source claims and another denies; `instead` are the causes that those who deny it give."""

    cause: Event
    effect: Event
    claimed: tuple[Ground, ...]
    denied: tuple[Ground, ...]
    instead: tuple[Hop, ...] = ()
