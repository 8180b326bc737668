"""What an event does by itself, without a cue: "a strike killed three", "a bomb went off, killing nine"."""

from collections.abc import Iterator

from ..types import EventValue, Link, Mention, Offsets
from .causes_cues import Cues
from .causes_ends import Ends
from .parse import Parse, Token
from .syntax import antecedent

OUTCOME = 0.7


class Outcomes:
    """Gives the outcomes that the verbs of an article tell of."""

    def __init__(self, parse: Parse, ends: Ends, cues: Cues):
        self.parse, self.ends, self.cues = parse, ends, cues

    def of(self, token: Token) -> Iterator[Link]:
        """The links of an event that another one is the subject of, or the means of."""
        event = self.ends.at(token)
        if event is None or token.pos_ != "VERB":
            return
        for doer in [child for child in token.children if child.dep_ == "nsubj"]:
            whole = self.ends.at(antecedent(doer))
            if whole is not None and whole.id != event.id:
                yield from self._outcome(whole, event, token, "clause:event-subject")
        means = self._means(token)
        if means is not None and (means.type == event.type or self._comes_of(event, means)):
            yield from self._outcome(means, event, token, "clause:participle")

    def _comes_of(self, event: Mention, means: Mention) -> bool:
        """Whether an event can come of another by itself: a toll, a disaster; of what nobody does also what kills."""
        kinds = self.cues.kinds(event.type)
        harm = kinds & {"DISASTER", *(name.upper() for name in self.cues.words("toll"))}
        return bool(harm) or ("ASSAULT" in kinds and not self.cues.does(means.type))

    def _means(self, token: Token) -> Mention | None:
        """The event of the clause that a participle behind a comma goes on from: "exploded, killing nine"."""
        if token.tag_ != "VBG" or token.dep_ != "advcl" or token.i < token.head.i:
            return None
        return self.ends.at(token.head)

    def _outcome(self, whole: Mention, event: Mention, token: Token, rule: str) -> Iterator[Link]:
        """`part-of` for an event of the same or a broader type ("the quake struck"), else `causes`.

        What somebody says is no outcome of its subject: there the parse is wrong.
        """
        known = self.cues.types.get(whole.type)
        if known is not None and event.type in (whole.type, known.extends):
            yield Link(event.id, "part-of", whole.id, rule, 0.8)
        elif event.type not in self.cues.verbal:
            spans = clause_words(self.parse, whole, (token.idx, token.idx)), (token.idx, token.sent.end_char)
            value = event.value
            assert isinstance(value, EventValue)
            status = "hypothetical" if value.factuality == "planned" else value.factuality  # "will hurt"
            yield Link(whole.id, "causes", event.id, rule, OUTCOME, None, *spans, status, value.source)


def clause_words(parse: Parse, event: Mention, cue: Offsets) -> Offsets:
    """All the words of the event's clause on its side of the cue; of a cue that is the event's own word, that word."""
    words = [t for t in parse.head(event).subtree if not t.is_space]
    left, right = words[0].idx, words[-1].idx + len(words[-1].text)
    if event.span.start < cue[0]:
        right = min(right, cue[0])
    else:
        left = max(left, cue[1])
    text = parse.article.text[left:right]
    stripped = text.strip(" ,;.—-–\n")
    if not stripped:
        return event.span.start, event.span.end
    left += text.find(stripped)
    return left, left + len(stripped)
