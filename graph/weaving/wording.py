"""Words for headlines: verbs in the present, names that are not too long."""

from collections.abc import Collection

from ..types import EventValue

WIDTH = 60  # characters of a headline's part that stands in the text
LONGEST = 72  # characters of a headline, without the dots of one that is cut
POSSESSIVES = frozenset(("its", "his", "her", "their"))
SPEAKERS = frozenset(("my", "our", "your"))


def plainness(text: str) -> tuple[int, int]:
    """Whether a name is not too long, and stands for itself, without "his" or "their"."""
    return -int(len(text) > WIDTH + 10), -len(POSSESSIVES.intersection(text.lower().split()))


def short(name: str) -> str:
    """The name without whose it is to the speaker ("my children"), and its first words if it is long."""
    words = name.split()
    words = words[1:] if len(words) > 1 and words[0].lower() in SPEAKERS else words
    return " ".join(words) if len(words) <= 6 else f"{' '.join(words[:6])} …"


def headline(text: str, little: Collection[str]) -> str:
    """The text with a capital, single spaces and no more than so many characters; no little words before a cut."""
    words = text.split()
    whole = " ".join(words)
    while len(" ".join(words)) > LONGEST:
        words = words[:-1]
    if len(words) < len(whole.split()) or words[-1:] == ["…"]:
        words = [word for word in words if word != "…"]
        while words and words[-1].lower() in little:
            words = words[:-1]
        words = [*words, "…"]
    cut = " ".join(words)
    return cut[:1].upper() + cut[1:]


def inflected(value: EventValue, plural: bool) -> str:
    """The verb for a headline: present tense, "to …" for what is not yet, "does not …" for what was not."""
    verb = value.lemma.partition(" ")[0]
    if value.factuality in ("planned", "hypothetical"):
        return f"to {verb}"
    if value.factuality == "negated":
        return f"{'do' if plural else 'does'} not {verb}"
    return verb if plural else third_person(verb)


def passive(value: EventValue, participle: str) -> str:
    """The participle for a headline of what is done to somebody: "closed", "to be closed", "not closed"."""
    if value.factuality in ("planned", "hypothetical"):
        return f"to be {participle}"
    return f"not {participle}" if value.factuality == "negated" else participle


def third_person(verb: str) -> str:
    """The third person singular of an English verb.

    >>> third_person("launch"), third_person("carry"), third_person("have")
    ('launches', 'carries', 'has')
    """
    if verb in ("be", "have"):
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else f"{verb}s"
