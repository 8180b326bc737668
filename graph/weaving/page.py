"""What an article's own words call an event: "Iran launches drones at Israel", "Talks: Hamas (Cairo)"."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from ...schemas.types import Schema
from ..types import HAPPENED, UNTYPED, Actor, ActorValue, EventValue, Mention, Node, Offsets, Reading
from .headlines import Candidate, candidate
from .inside import roles_of
from .settling import Known
from .standing import ends_of
from .wording import LONGEST, POSSESSIVES, SPEAKERS, WIDTH, inflected, passive, short

AFFECTED = 2  # how much it helps a name to say who or where is affected, more than the words of what is
LEFT, RIGHT = 5, 4  # words of the context in the name of an event of which only a noun is told
PHRASE = 9  # words behind a verb
STOPS = re.compile(r"[.,;:!?()\[\]—–\"“”\n]")
QUOTES = re.compile(r"[\"“”]")
WORD = re.compile(r"\S+")
OF = re.compile(r"\s+of\b")  # behind a time: "three months of protests"
ASIDE = re.compile(r"(?<!\s)\s*\([^()]*\)")
DATING = re.compile(r"\b(?:on|in|by|at|during|since|until|for|over|from)(?:\s+the)?\s*$")


class Words(Struct, frozen=True):
    """The word lists of a schema that names are cut by."""

    little: frozenset[str]
    opening: frozenset[str]
    linking: frozenset[str]
    particles: frozenset[str]
    completing: frozenset[str]
    light: frozenset[str]
    determiners: frozenset[str]
    standing: frozenset[str]
    lone: frozenset[str]

    @classmethod
    def of(cls, schema: Schema) -> "Words":
        """Those of a schema."""
        return cls(*(schema.lexicons.get(name, frozenset()) for name in cls.__struct_fields__))

    @property
    def pronominal(self) -> frozenset[str]:
        """The words that stand for somebody, and those for whose something is."""
        return self.standing | POSSESSIVES | SPEAKERS


class Page:
    """An article, as far as its words name events."""

    def __init__(self, reading: Reading, told: Known, schema: Schema, words: Words):
        self.told = told
        self.words = words
        self.pronominal = words.pronominal
        self.article = reading.article
        self.sentences = reading.sentences
        self.roles = roles_of(reading)
        self.mentions = {m.id: m for m in reading.mentions}
        self.pronouns = _pronouns(reading)
        self.times = _spans(reading, "time")
        self.places = _spans(reading, "place")
        self.cues = _cues(reading, schema)
        self.triggers = _triggers(reading)
        self.happening: dict[str, list[str]] = defaultdict(list)
        for event, parts in self.roles.items():
            for place in parts.get("place", ()):
                self.happening[place].append(event)

    def candidate(self, mention: Mention) -> Candidate:
        """What the words around a mention call its event."""
        value = mention.value
        assert isinstance(value, EventValue)
        roles = self.roles[mention.id]
        trigger = self.article.text[slice(*value.trigger)]
        gerund = trigger.lower().endswith("ing") and trigger.lower() != value.lemma and not mention.is_coded
        text, full = (self._noun if value.tense is None and not gerund else self._verb)(mention, value, roles)
        asserted = value.factuality in HAPPENED
        told = int(asserted), 2 * int("agent" in roles) + full, int(value.tense is not None)
        verbs = None
        if not text:
            _, undergoing = self._sides(value, roles)
            words = self._object(mention, value, self._behind(undergoing, value), [])
            text = f"{words}{self._at(mention, roles, words)}"
            verb = trigger.lower()
            verbs = verb, verb if asserted else inflected(value, plural=True)
        context = "" if " " in text.strip() else self._context(mention)
        return candidate(told, text, self.words.little, verbs, context)

    def _context(self, mention: Mention) -> str:
        """The trigger with a few of the words around it, up to the nearest stops."""
        first, last = self._sentence(mention)
        left = STOPS.split(self.article.text[first : mention.span.start])[-1].split()[-LEFT:]
        while left and left[0].lower() in self.words.little | self.words.opening:
            left = left[1:]
        right = STOPS.split(self.article.text[mention.span.end : last])[0].split()[:RIGHT]
        return " ".join([*left, mention.text, *self._trimmed(right)])

    # verbs

    def _verb(self, mention: Mention, value: EventValue, roles: Mapping[str, list[str]]) -> tuple[str, int]:
        """A clause in the present tense, and whether it says what it is done to."""
        doing, undergoing = self._sides(value, roles)
        if value.object and value.object[1] <= value.trigger[0] and not _told_before(value):
            return self._passive(mention, value, roles, doing, undergoing)
        agents = self._whole_subject(mention, value, doing) or self._names(doing)
        agents = agents or self._subject(mention, value, undergoing)
        behind = self._behind(undergoing, value)
        if agents:
            verb = inflected(value, plural=len(agents) > 1 or self._plural(doing, agents[0]))
            told = f"{' and '.join(agents[:2])} {verb}"
            words = self._object(mention, value, behind, doing, LONGEST - len(told))
            return f"{told}{words}{self._at(mention, roles, words)}", (
                AFFECTED if undergoing or roles.get("place") else int(value.object is not None)
            )
        if undergoing and not behind:
            return self._passive(mention, value, roles, [], undergoing)
        return "", 0

    def _passive(
        self,
        mention: Mention,
        value: EventValue,
        roles: Mapping[str, list[str]],
        doing: list[str],
        undergoing: list[str],
    ) -> tuple[str, int]:
        """What it is done to, the participle, and who does it or from where to where."""
        before = [m for m in undergoing if self.mentions[m].span.end <= value.trigger[0]]
        patients = self._names(before) or self._words(value.object)
        if not patients:
            return "", 0
        trigger = self.article.text[slice(*value.trigger)].lower()
        agents = self._names(doing) or (self._words(value.subject) if value.subject else [])
        text = f"{' and '.join(patients[:2])} {passive(value, trigger)}"
        text += f" by {' and '.join(agents[:2])}" if agents else ""
        for preposition, role in (("from", "origin"), ("to", "destination")):
            ends = [name for name in self._names(roles.get(role, ())) if name not in text]
            text += f" {preposition} {ends[0]}" if ends else ""
        return text + self._at(mention, roles, text), AFFECTED

    def _behind(self, mentions: Iterable[str], value: EventValue) -> list[Mention]:
        return [m for m in map(self.mentions.__getitem__, mentions) if m.span.start >= value.trigger[1]]

    def _words(self, offsets: Offsets | None) -> list[str]:
        """The article's words without articles in front, if they name something by themselves."""
        words = self._text(*offsets, set()).split() if offsets else []
        while words and words[0].lower() in self.words.determiners:
            words = words[1:]
        text = " ".join(words)
        return [short(text)] if words and not STOPS.search(text) and text.lower() not in self.pronominal else []

    def _sides(self, value: EventValue, roles: Mapping[str, list[str]]) -> tuple[list[str], list[str]]:
        """The mentions of who does it and of whom it is done to; of people who meet, those before the verb do it."""
        doing = list(roles.get("agent", ()))
        undergoing = [m for role in ("recipient", "destination") for m in roles.get(role, ())]
        for mention in roles.get("participant", ()):
            before = self.mentions[mention].span.end <= value.trigger[0]
            (doing if before else undergoing).append(mention)
        if value.subject and not doing:
            first, last = value.subject
            within = (m for m in undergoing if first <= self.mentions[m].span.start < last)
            doing = [m for m in within if self.mentions[m].text.lower() not in self.pronominal]
        return doing, [m for m in undergoing if m not in doing]

    def _object(
        self, mention: Mention, value: EventValue, behind: list[Mention], doing: list[str], room: int = LONGEST
    ) -> str:
        """The words behind the verb up to what it is done to, else up to the end of its phrase.

        Where there is no room for all, they end at the words that tie the event to its cause or effect.
        """
        start, end = value.trigger[1], self._sentence(mention)[1]
        words = self._object_before(end, mention, value, behind, doing)
        cue = next((cue for cue in self.cues if start < cue < end), None)
        if cue is None or (len(words) <= room and "…" not in words):
            return words
        return self._object_before(cue, mention, value, behind, doing)

    def _object_before(
        self, end: int, mention: Mention, value: EventValue, behind: list[Mention], doing: list[str]
    ) -> str:
        start = value.trigger[1]
        near = [m for m in behind if m.span.end <= end]
        said = {self.told.resolution.get(m) for m in doing}
        if near:
            target = min(near, key=lambda m: m.span.start)
            before = ASIDE.sub("", self._undated(start, target.span.start, said))
            last = self._possessed(target)
            whole = value.object if value.object and value.object[0] <= target.span.start < value.object[1] else None
            last = max(last, whole[1]) if whole and whole[1] - target.span.start <= WIDTH else last
            name = self._target(target, last, said)
            if not name:
                rest = self._completed(self._undated(last, end, said))
                return f" …{rest}" if rest else ""
            if STOPS.search(before) is None and len(before) + len(name) <= WIDTH:
                return f"{before}{name}{self._completed(self._undated(last, end, said))}"
            words = [word for word in before.split() if not STOPS.fullmatch(word)]
            return f" {' '.join(self._trimmed(words[:4]))} … {words[-1]} {name}" if words else f" {name}"
        phrase = self._phrase(self._undated(start, end, said))
        if value.object and value.object[1] <= value.trigger[0] and not self._somewhere(value.object):
            fronted = self._words(value.object)
            return f" {fronted[0]}{self._completed(phrase)}" if fronted else ""
        return "" if phrase.strip().lower() in self.pronominal else phrase

    def _somewhere(self, offsets: Offsets) -> bool:
        """Whether the words name a place: "the town in which they met"."""
        return any(offsets[0] <= start < offsets[1] for start, _ in self.places)

    def _target(self, target: Mention, end: int, said: Collection[str | None]) -> str:
        """The words of whom it is done to; for a pronoun the name of whom it stands for, or nothing."""
        if target.text.lower() not in self.words.standing:
            words = QUOTES.sub("", self._text(target.span.start, end, said)).split()
            words = words[1:] if words[0].lower() in SPEAKERS else words
            return " ".join(words) if words and words[-1].lower() not in self.pronominal else ""
        names = self._names([target.id])
        return names[0] if names and names[0].lower() not in self.pronominal else ""

    def _completed(self, text: str) -> str:
        """What completes the verb behind its object ("with a plan", "of fraud", "to leave"), up to the next clause."""
        words = text.split()
        return self._phrase(text) if words and words[0].lower() in self.words.completing else ""

    def _undated(self, start: int, end: int, said: Collection[str | None]) -> str:
        """The article's words without its times and the prepositions before them."""
        text = ""
        for first, last in self.times:
            if start <= first and last <= end and not OF.match(self.article.text, last):
                text += DATING.sub("", self._text(start, first, said))
                start = last
        return text + self._text(start, end, said)

    def _phrase(self, text: str) -> str:
        """The first few words, up to a stop or a word that opens another clause, with a space in front."""
        words: list[str] = []
        cut = ""
        for n, word in enumerate(text.split()):
            bare = word.strip('“”"')
            opens = bare.lower().strip(",.;:") in self.words.opening and not (n == 0 and bare.lower() == "that")
            if opens or not bare or STOPS.match(bare) or not bare.strip("-"):
                break
            if len(words) == PHRASE:
                cut = " …"
                break
            words.append(bare.strip("[]().,;:!?—–"))
            if STOPS.search(bare[-1]):
                break
        followed = text.lower().split()[1:2]
        alone = len(words) == 1 and words[0].lower() in self.words.lone and self.words.standing.isdisjoint(followed)
        particle = words[:1] if words and (alone or words[0].lower() in self.words.particles) else []
        words = particle + self._trimmed(words[len(particle) :])
        return f" {' '.join(words)}{cut}" if words else ""

    def _possessed(self, target: Mention) -> int:
        """Where the words of a mention end, with what it has or describes: "its compound", "Israeli territory"."""
        follows = self.article.text[target.span.end : target.span.end + 2]
        adjective = isinstance(target.value, ActorValue) and target.value.form == "nationality"
        if target.text.lower() not in POSSESSIVES and follows not in ("'s", "’s") and not adjective:
            return target.span.end
        end = target.span.end + (2 if follows in ("'s", "’s") else 0)
        for match in list(WORD.finditer(self.article.text, end, end + WIDTH))[:3]:
            word = match.group()
            if word.lower() in self.words.little | self.words.opening or STOPS.match(word):
                break
            end = match.end() - len(word) + len(STOPS.split(word)[0])
            if STOPS.search(word):
                break
        return end

    def _trimmed(self, words: list[str]) -> list[str]:
        """The words without those that lead on to something left out."""
        while words and words[-1].lower() in self.words.little:
            words = words[:-1]
        return words

    def _subject(self, mention: Mention, value: EventValue, undergoing: list[str]) -> list[str]:
        """The words of what does it, when it is no actor: "Israeli strike"."""
        if value.subject is None or value.subject[1] > value.trigger[0]:
            return []
        if any(self.mentions[m].span.start < value.subject[1] for m in undergoing):
            return []
        return self._words(value.subject)

    def _whole_subject(self, mention: Mention, value: EventValue, doing: list[str]) -> list[str]:
        """The words of what an event of no type is told of, where an actor is only a part of them: "Iran's answer"."""
        if mention.type != UNTYPED or not _told_before(value) or not value.subject:
            return []
        first, last = value.subject
        spans = [self.mentions[m].span for m in doing]
        within = spans and all(first <= span.start and span.end < last for span in spans)
        return self._words(value.subject) if within else []

    def _plural(self, mentions: list[str], name: str) -> bool:
        """Whether the verb of these actors, or else of what goes by this name, stands in the plural."""
        values = [self.mentions[m].value for m in mentions]
        head = name.partition(" of ")[0].lower()
        unnamed = not values and head.endswith("s") and not head.endswith("ss")
        return unnamed or any(isinstance(value, ActorValue) and value.plural for value in values)

    # nouns

    def _noun(self, mention: Mention, value: EventValue, roles: Mapping[str, list[str]]) -> tuple[str, int]:
        """The noun with the words around it that belong to it, and whether it says what it is done to."""
        start, end = self._left(mention, value), value.trigger[1]
        others = [m for role in ("recipient", "destination", "place") for m in roles.get(role, ())]
        for other in sorted((self.mentions[m] for m in others), key=lambda m: m.span.end):
            between = self.article.text[value.trigger[1] : other.span.start]
            personal = other.text.lower() in self.words.standing
            if other.span.start >= end and not personal and self._belongs(value.trigger[1], between):
                end = self._possessed(other)
        end = max(end, self._complement(value))
        phrase = self._text(start, end, set()).strip()
        involved = [m for role in ("recipient", "participant") for m in roles.get(role, ())]
        owned = [m for m in involved if self.mentions[m].text.lower() in POSSESSIVES]
        owners = self._untold((m for m in owned if m in roles.get("recipient", ())), start, end, phrase)
        phrase += f" of {owners[0]}" if owners and end == value.trigger[1] else ""
        untold = self._untold(involved, start, end, phrase)
        missing = self._untold(roles.get("agent", ()), start, end, phrase)
        phrase += f": {', '.join(untold[:4])}" if untold else ""
        if missing and " of " in phrase and start == value.trigger[0] and not value.subject:
            phrase = f"{phrase}: {' and '.join(missing[:2])}"
        elif missing:
            phrase = f"{' and '.join(missing[:2])}'s {phrase}"
        return phrase + self._at(mention, roles, phrase), AFFECTED * bool(involved)

    def _complement(self, value: EventValue) -> int:
        """Where the object of a noun ends, if it follows at once: "of emergency", "of forty hostages"."""
        if value.object is None:
            return 0
        between = self.article.text[value.trigger[1] : value.object[0]]
        words = self.article.text[slice(*value.object)]
        follows = between.strip().lower() in self.words.linking and len(words) <= WIDTH
        return value.object[1] if follows and not STOPS.search(words) and words.lower() not in self.pronominal else 0

    def _left(self, mention: Mention, value: EventValue) -> int:
        """Where the noun phrase starts: up to four words to the left, no little ones, triggers or participles."""
        first = value.subject[0] if value.subject and _told_before(value) else self._sentence(mention)[0]
        start = value.trigger[0]
        triggers = self.triggers
        for match in reversed(list(WORD.finditer(self.article.text, first, start))[-4:]):
            word = match.group().lower()
            nearest = bisect_right(triggers, match.end()) - 1
            triggered = nearest >= 0 and triggers[nearest] >= match.start()
            participle = word.endswith(("ed", "ing")) and "-" not in word
            if word in self.words.little or word in self.words.opening or STOPS.search(word) or triggered or participle:
                break
            start = match.start()
        words = list(WORD.finditer(self.article.text, start, value.trigger[0]))
        if words and words[0].group().lower() in self.words.light:
            return words[1].start() if len(words) > 1 else value.trigger[0]
        return start

    def _untold(self, mentions: Iterable[str], start: int, end: int, phrase: str) -> list[str]:
        """The names of those that the phrase has no words of."""
        ids = [m for m in mentions if not start <= self.mentions[m].span.start < end]
        told = {self.told.resolution.get(m) for m in mentions} - {self.told.resolution.get(m) for m in ids}
        return [
            name
            for name in self._names(m for m in ids if self.told.resolution.get(m) not in told)
            if name not in phrase
        ]

    def _belongs(self, end: int, between: str) -> bool:
        """Whether what lies between a noun and a name ties them: a preposition and few words, no stop, no event."""
        triggers = self.triggers
        crossed = bisect_right(triggers, end + len(between)) - bisect_right(triggers, end)
        words = between.split()
        fits = 0 < len(words) <= 4 and words[0].lower() in self.words.linking and self.words.opening.isdisjoint(words)
        return fits and not crossed and not STOPS.search(between)

    # words

    def _sentence(self, mention: Mention) -> Offsets:
        sentences = self.sentences
        index = bisect_right(sentences, mention.span.start, key=lambda offsets: offsets[0]) - 1
        return sentences[max(index, 0)] if sentences else (mention.span.start, mention.span.end)

    def _names(self, mentions: Iterable[str]) -> list[str]:
        ids = dict.fromkeys(self.told.resolution[m] for m in mentions if m in self.told.resolution)
        return [self._name_of(self.told.nodes[id]) for id in ids]

    def _name_of(self, node: Node) -> str:
        """The name, or a word that describes somebody in small letters, wherever it stands."""
        described = (
            isinstance(node, Actor) and not node.country and " " not in node.name and node.id not in self.told.named
        )
        return node.name.lower() if described and node.name.istitle() else short(node.name)

    def _at(self, mention: Mention, roles: Mapping[str, list[str]], said: str) -> str:
        places = [
            name
            for m in roles.get("place", ())
            if self.mentions[m].text not in said and not self._nearer(mention, m)
            for name in self._names([m])
        ]
        places = [name for name in places if name not in said]
        return f" ({places[0]})" if places else ""

    def _nearer(self, mention: Mention, place: str) -> bool:
        """Whether an event of another type that happens there is told between this one and the place."""
        span = self.mentions[place].span
        others = (self.mentions[m] for m in self.happening.get(place, ()))
        return any(mention.span.end <= o.span.start < span.start and o.type != mention.type for o in others)

    def _text(self, start: int, end: int, said: Collection[str | None]) -> str:
        """The article's words with the names that its possessive pronouns stand for, unless those are said already."""
        text, at = "", start
        for first, last, mention in self.pronouns:
            node = self.told.nodes.get(self.told.resolution.get(mention, ""))
            if (
                start <= first
                and last <= end
                and isinstance(node, Actor)
                and node.id not in said
                and node.id in self.told.named
            ):
                text += self.article.text[at:first] + f"{short(node.name)}'s"
                at = last
        return re.sub(r"\s+", " ", text + self.article.text[at:end])


def _pronouns(reading: Reading) -> list[tuple[int, int, str]]:
    return sorted((m.span.start, m.span.end, m.id) for m in reading.mentions if m.text.lower() in POSSESSIVES)


def _spans(reading: Reading, kind: str) -> list[Offsets]:
    return [(m.span.start, m.span.end) for m in reading.mentions if m.kind == kind]


def _triggers(reading: Reading) -> list[int]:
    """Where the verbs that are triggers begin, in order."""
    return sorted(m.value.trigger[0] for m in reading.mentions if isinstance(m.value, EventValue) and m.value.tense)


def _cues(reading: Reading, schema: Schema) -> list[int]:
    """Where the words begin that tie a cause to its effect, in order."""
    return sorted({link.cue[0] for link in reading.links if link.cue and ends_of(link.type, schema)})


def _told_before(value: EventValue) -> bool:
    """Whether who does it is told before the verb."""
    return value.subject is not None and value.subject[1] <= value.trigger[0]
