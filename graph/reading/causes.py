"""Causal links: cues of the schema, with the events on both sides of them.

A cue has a governor (the subject of "triggered", the clause that "because of" hangs on) and a
complement (its object). The event of each is the nearest one: above the governor, below the
complement. Only what someone does can respond: where the responding event has no doer by its type
("five people died after the crash"), the answer becomes an effect. Nobody responds to themselves by
merely acting later.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from ...schemas.types import Cue, Schema
from ..types import ActorValue, EventValue, Link, Mention, Offsets, PlaceValue
from .parse import Parse, Token, TokenSpan
from .syntax import antecedent, conjuncts, is_infinitive, noun_before, objects, subjects

COMPLEMENTS = frozenset({"pobj", "pcomp"})
CLAUSAL = frozenset({"xcomp", "ccomp", "dobj"})
BELOW = frozenset(
    {"acl", "prep", "pobj", "pcomp", "conj", "xcomp", "dobj", "ccomp", "nsubj", "nsubjpass", "appos", "relcl", "attr"}
)
MAX_DEPTH = 4
REACTION = 0.55
SURE = 0.7  # from here on a cue says "response", not only "later"


class Cues:
    """A schema's cues by their first word: surface words, verb lemmas, noun lemmas."""

    def __init__(self, schema: Schema):
        self.anaphoric = schema.lexicons.get("anaphoric", frozenset())
        self.reactive = schema.lexicons.get("reactive", frozenset())
        self.speech = schema.lexicons.get("anaphoric_speech", frozenset())
        self.broader = {name: event_type.extends for name, event_type in schema.event_types.items()}
        self.verbal = {name for name, event_type in schema.event_types.items() if event_type.is_verbal}
        self.quads = {name: event_type.quad for name, event_type in schema.event_types.items()}
        self.surface: dict[str, list[tuple[Cue, list[str]]]] = defaultdict(list)
        self.verbs: dict[str, list[tuple[Cue, list[str]]]] = defaultdict(list)
        self.nouns: dict[str, list[tuple[Cue, list[str]]]] = defaultdict(list)
        tables = {"verb": self.verbs, "purpose": self.verbs, "noun": self.nouns}
        for cue in sorted(schema.cues, key=lambda c: -len(c.words.split())):
            first, *rest = cue.words.lower().split()
            tables.get(cue.shape, self.surface)[first].append((cue, rest))


class Hit(Struct):
    """A cue found in a sentence: its offsets, and the events on its two sides."""

    cue: Cue
    offsets: Offsets
    governor: Mention
    complement: Mention


@lru_cache(maxsize=8)
def cues_of(schema: Schema) -> Cues:
    """The compiled cues of a schema."""
    return Cues(schema)


def find(
    parse: Parse, events: Sequence[Mention], names: Sequence[Mention], roles: Sequence[Link], schema: Schema
) -> list[Link]:
    """Causal links (causes, enables, prevents, responds-to) and `part-of` between event mentions.

    Each carries its cue's offsets and the words on both sides. One link a pair and type, the surest.
    """
    finder = _Finder(parse, events, names, roles, schema)
    best: dict[tuple[str, str, str], Link] = {}
    for link in finder.links():
        key = (link.source, link.type, link.target)
        if key not in best or best[key].confidence < link.confidence:
            best[key] = link
    return list(best.values())


class _Finder:
    def __init__(
        self, parse: Parse, events: Sequence[Mention], names: Sequence[Mention], roles: Sequence[Link], schema: Schema
    ):
        self.parse = parse
        self.cues = cues_of(schema)
        self.events = {parse.head(event).i: event for event in events}
        sides = _sides(names)
        self.agents = _by_event(roles, ("agent",), sides)
        self.struck = _by_event(roles, ("recipient", "place"), sides)

    def links(self) -> Iterator[Link]:
        previous: TokenSpan | None = None
        for sentence in self.parse.sentences:
            for token in sentence:
                links = [self._link(hit) for hit in self._hits(token, sentence, previous)]
                yield from links
                yield from self._subject_event(token)
                if not links and token.pos_ == "VERB" and token.lemma_.lower() in self.cues.reactive:
                    yield from self._reaction(token)
            previous = sentence

    # --- cues

    def _hits(self, token: Token, sentence: TokenSpan, previous: TokenSpan | None) -> Iterator[Hit]:
        for cue, rest in self.cues.surface.get(token.lower_, ()):
            last = _following(token, rest, sentence)
            if last is not None:
                yield from self._surface_hits(cue, token, last, sentence, previous)
        if token.pos_ == "VERB":
            for cue, rest in self.cues.verbs.get(token.lemma_.lower(), ()):
                last = _following(token, rest, sentence) or _particle(token, rest)
                if last is not None:
                    yield from self._verb_hits(cue, token, last, rest, previous)
        elif token.pos_ == "NOUN":
            for cue, rest in self.cues.nouns.get(token.lemma_.lower(), ()):
                last = _following(token, rest, sentence)
                if last is not None:
                    yield from self._pairs(cue, (token, last), self._named_by(token), _inside(last))

    def _named_by(self, noun: Token) -> list[Mention | None]:
        """The events that a noun is said to be ("the raid was a reprisal"), else the noun's own or one above."""
        named = subjects(noun.head) if noun.dep_ == "attr" else []
        said = [self.events[one.i] for one in named if one.i in self.events]
        return [*said] or [self.events.get(noun.i) or self._above(noun.head)]

    def _surface_hits(
        self, cue: Cue, first: Token, last: Token, sentence: TokenSpan, previous: TokenSpan | None
    ) -> Iterator[Hit]:
        if cue.shape == "adverb":
            if first.i == sentence.start and previous is not None and not _inside(last, first):
                yield from self._pairs(cue, (first, last), [self._main(sentence)], [], self._main(previous))
        elif cue.shape == "conjunction":
            clause = first.head
            if first.dep_ in ("mark", "advmod") and clause.dep_ == "advcl":
                yield from self._pairs(cue, (first, last), [self._above(clause.head)], [clause])
        elif first.dep_ != "mark":
            head = first.head
            governor = self._above(head)
            if governor is not None or head.lower_ not in ("came", "come", "comes"):
                yield from self._pairs(cue, (first, last), [governor], _inside(last, first))

    def _verb_hits(
        self, cue: Cue, verb: Token, last: Token, rest: list[str], previous: TokenSpan | None
    ) -> Iterator[Hit]:
        if rest:
            complements = _inside(last) or (objects(verb) if last.dep_ == "prt" else _clause_behind(last, verb))
        else:
            complements = [*objects(verb), *(child for child in verb.children if _is_complement(child))]
        if cue.shape == "purpose":
            if verb.dep_ in ("advcl", "acl") and is_infinitive(verb):
                noun = noun_before(verb)
                governor = (self.events.get(noun.i) if noun is not None else None) or self._above(verb.head)
                yield from self._pairs(cue, (verb, last), [governor], complements)
            return
        governors: list[Mention | None] = [self._below(subject) for subject in subjects(verb)]
        if not any(governors):
            governors = [self.events.get(verb.i) or self._anaphor(verb, previous)]
        yield from self._pairs(cue, (verb, last), governors, complements)

    def _pairs(
        self,
        cue: Cue,
        words: tuple[Token, Token],
        governors: Sequence[Mention | None],
        complements: Sequence[Token],
        complement_event: Mention | None = None,
    ) -> Iterator[Hit]:
        found = [complement_event] if complement_event else [self._below(token) for token in complements]
        start, end = words[0].idx, words[1].idx + len(words[1].text)
        for governor in governors:
            for complement in found:
                if not governor or not complement or governor.id == complement.id:
                    continue
                if self._allowed(cue, governor, complement):
                    yield Hit(cue, (start, end), governor, complement)

    def _allowed(self, cue: Cue, governor: Mention, complement: Mention) -> bool:
        kinds = cue.when.get("governor")
        statuses = cue.when.get("complement")
        if kinds and governor.type not in kinds and self.cues.quads.get(governor.type) not in kinds:
            return False
        if statuses and _event(complement).factuality not in statuses:
            return False
        later = cue.relation == "responds-to" and cue.confidence < SURE
        return not (later and self.agents[governor.id] & self.agents[complement.id])

    def _link(self, hit: Hit) -> Link:
        source, target = hit.governor, hit.complement
        if hit.cue.source == "complement":
            source, target = target, source
        relation = hit.cue.relation
        if relation == "responds-to" and self.cues.quads.get(source.type) is None:
            source, target, relation = target, source, "causes"
        spans = self._clause_words(source, hit.offsets), self._clause_words(target, hit.offsets)
        return Link(source.id, relation, target.id, f"cue:{hit.cue.id}", hit.cue.confidence, hit.offsets, *spans)

    # --- the event of a token

    def _above(self, token: Token) -> Mention | None:
        """The nearest event at the token or above it in its own clause complex."""
        while True:
            if token.i in self.events:
                return self.events[token.i]
            if token.head.i == token.i:
                return self._beside(token)
            if token.dep_ == "ccomp" and token.head.i not in self.events:
                return self._beside(token)
            token = token.head

    def _beside(self, clause: Token) -> Mention | None:
        """The event a clause's empty verb is about: its object, else its subject ("The talks took place ...")."""
        for child in [*objects(clause), *subjects(clause)]:
            if child.i in self.events:
                return self.events[child.i]
        return None

    def _below(self, token: Token) -> Mention | None:
        """The nearest event at the token or below it, breadth first."""
        queue = deque([(token, 0)])
        while queue:
            one, depth = queue.popleft()
            if one.i in self.events:
                return self.events[one.i]
            if depth < MAX_DEPTH:
                queue.extend((child, depth + 1) for child in one.children if _leads_down(child))
        return None

    def _main(self, sentence: TokenSpan) -> Mention | None:
        """The event nearest to a sentence's root."""
        return self._below(sentence.root)

    def _anaphor(self, verb: Token, previous: TokenSpan | None) -> Mention | None:
        """The main event before, when the subject is "the move", "this decision" or the like."""
        if previous is None:
            return None
        for subject in subjects(verb):
            definite = any(child.lower_ in ("the", "this", "that", "these") for child in subject.children)
            if definite and subject.lemma_.lower() in self.cues.anaphoric:
                return self._main(previous)
            if definite and subject.lemma_.lower() in self.cues.speech:
                return self._said(previous)
        return None

    def _said(self, sentence: TokenSpan) -> Mention | None:
        """The last verbal act of a sentence: a threat, a promise, an accusation."""
        acts = [self.events[token.i] for token in sentence if token.i in self.events]
        return next((act for act in reversed(acts) if act.type in self.cues.verbal), None)

    # --- spans and structure

    def _clause_words(self, event: Mention, cue: Offsets) -> Offsets:
        """All the words of the event's clause on its side of the cue."""
        token = self.parse.head(event)
        words = [t for t in token.subtree if not t.is_space]
        left, right = words[0].idx, words[-1].idx + len(words[-1].text)
        if event.span.start < cue[0]:
            right = min(right, cue[0])
        else:
            left = max(left, cue[1])
        text = self.parse.article.text[left:right]
        stripped = text.strip(" ,;.—-–\n")
        left += text.find(stripped)
        return left, left + len(stripped)

    def _reaction(self, verb: Token) -> Iterator[Link]:
        """ "Israel vowed to respond": to the last act of force told before that struck the one who responds."""
        response = self._above(verb)
        if response is None or not self.agents[response.id]:
            return
        ours = self.agents[response.id]
        for act in reversed(self._before(verb)):
            forceful = self.cues.quads.get(act.type) == "material-conflict" and _event(act).factuality == "asserted"
            if forceful and self.struck[act.id] & ours and self.agents[act.id] and not self.agents[act.id] & ours:
                cue = verb.idx, verb.idx + len(verb.text)
                yield Link(response.id, "responds-to", act.id, f"reaction:{verb.lemma_}", REACTION, cue)
                return

    def _before(self, token: Token) -> list[Mention]:
        return [event for i, event in sorted(self.events.items()) if i < token.i]

    def _subject_event(self, token: Token) -> Iterator[Link]:
        """What an event does by itself: "a strike killed three", "fired missiles, killing three"."""
        event = self.events.get(token.i)
        if event is None or token.pos_ != "VERB":
            return
        for doer in [child for child in token.children if child.dep_ == "nsubj"]:
            whole = self.events.get(antecedent(doer).i)
            if whole is not None and whole.id != event.id:
                yield from self._outcome(whole, event, token, "clause:event-subject")
        means = self.events.get(token.head.i)
        behind = token.tag_ == "VBG" and token.dep_ == "advcl" and token.i > token.head.i
        if behind and means is not None and (means.type == event.type or self.cues.quads.get(event.type, "") is None):
            yield from self._outcome(means, event, token, "clause:participle")

    def _outcome(self, whole: Mention, event: Mention, token: Token, rule: str) -> Iterator[Link]:
        """`part-of` for an event of the same or a broader type ("the quake struck"), else `causes`.

        What somebody says is no outcome of its subject: there the parse is wrong.
        """
        if whole.type in self.cues.broader and event.type in (whole.type, self.cues.broader[whole.type]):
            yield Link(event.id, "part-of", whole.id, rule, 0.8)
        elif event.type not in self.cues.verbal:
            spans = self._clause_words(whole, (token.idx, token.idx)), (token.idx, token.sent.end_char)
            yield Link(whole.id, "causes", event.id, rule, 0.7, None, *spans)


def _is_complement(child: Token) -> bool:
    """Whether a child says what a verb brings about: "forced them to flee", however the parser labels it."""
    infinitive = child.dep_ == "advcl" and is_infinitive(child)
    return child.dep_ in CLAUSAL or infinitive


def _leads_down(child: Token) -> bool:
    """Whether a child can hold the event that its head stands for; an adjunct cannot ("died through the war")."""
    return child.dep_ in BELOW and not (child.dep_ == "prep" and child.head.pos_ == "VERB")


def _sides(names: Sequence[Mention]) -> dict[str, set[str]]:
    """Actor or place mention id to what it can be told by: its key or name, and its country unless it is a person."""
    sides: dict[str, set[str]] = {}
    for name in names:
        value = name.value
        if isinstance(value, ActorValue | PlaceValue):
            country = None if name.type == "Person" else value.country
            sides[name.id] = {side for side in (value.key or value.name, country) if side}
    return sides


def _by_event(roles: Sequence[Link], types: tuple[str, ...], sides: dict[str, set[str]]) -> dict[str, set[str]]:
    """Event id to the sides that stand in these roles."""
    found: dict[str, set[str]] = defaultdict(set)
    for link in roles:
        if link.type in types:
            found[link.source] |= sides.get(link.target, set())
    return found


def _event(mention: Mention) -> EventValue:
    assert isinstance(mention.value, EventValue)
    return mention.value


def _following(token: Token, rest: list[str], sentence: TokenSpan) -> Token | None:
    """The last token of a cue whose other words follow its first one, or None."""
    end = token.i + len(rest)
    if end >= sentence.end:
        return None
    words = [token.doc[i].lower_ for i in range(token.i + 1, end + 1)]
    return token.doc[end] if words == rest else None


def _particle(verb: Token, rest: list[str]) -> Token | None:
    """The particle or preposition of a phrasal verb that stands apart from it, or None."""
    if len(rest) != 1:
        return None
    return next((c for c in verb.children if c.dep_ in ("prt", "prep") and c.lower_ == rest[0]), None)


def _inside(last: Token, first: Token | None = None) -> list[Token]:
    """The complements of a preposition of one or more words (the parser hangs them on any of these)."""
    words = range((first or last).i, last.i + 1)
    return [
        one
        for i in words
        for child in last.doc[i].children
        if child.dep_ in COMPLEMENTS and child.i not in words
        for one in conjuncts(child)
    ]


def _clause_behind(last: Token, verb: Token) -> list[Token]:
    """The clause that a conjunction opens behind a verb: "came after rebels attacked"."""
    return [c for c in verb.children if c.dep_ == "advcl" and any(m.i == last.i for m in c.children)]
