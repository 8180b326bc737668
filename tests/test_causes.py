"""Every cue of the schema proves itself: in `says` the __effect__ is tied to the **cause**, in `not` it is not.

Cues that say "in response to" tie the response (the effect) to what it answers (the cause).
"""

import re

import pytest

from newsloom.graph.reading import causes, events, status
from newsloom.schemas import load_schema

MARK = re.compile(r"(\*\*|__)(.+?)\1")


def ends(sentence: str) -> tuple[str, int, int]:
    """The plain sentence, and where its **cause** and its __effect__ start."""
    plain, last, starts = "", 0, {}
    for match in MARK.finditer(sentence):
        plain += sentence[last : match.start()]
        starts[match.group(1)] = len(plain)
        plain += match.group(2)
        last = match.end()
    return plain + sentence[last:], starts["**"], starts["__"]


PROOFS = [
    pytest.param(cue, sentence, kind == "says", id=f"{cue.id}-{kind}-{sentence[:40]}")
    for cue in load_schema().cues
    for kind in ("says", "refutes")
    for sentence in getattr(cue, kind)
]


@pytest.mark.parametrize(("cue", "sentence", "ties"), PROOFS)
def test_a_cue_proves_itself(parse, schema, cue, sentence, ties):
    text, cause, effect = ends(sentence)
    parsed = parse(text)
    found, _ = status.assess(parsed, events.find(parsed, schema), [], schema)
    starts = {event.id: event.span.start for event in found}
    assert {cause, effect} <= set(starts.values()), [m.text for m in found]
    tied = {
        (starts[link.target], starts[link.source])
        if link.type == "responds-to"
        else (starts[link.source], starts[link.target])
        for link in causes.find(parsed, found, [], [], schema)
        if link.type in ("causes", "intends-to-cause", "enables", "prevents", "responds-to")
    }
    assert ((cause, effect) in tied) == ties


def test_every_cue_has_a_proof(schema):
    assert [cue.id for cue in schema.cues if not cue.says] == []
