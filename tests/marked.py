"""Readings by hand from marked text: "[Iran](i actor State key=IRN) [fired](f event ASSAULT) ..." and "f agent i"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from newsloom.graph.types import (
    ActorValue,
    Article,
    EventValue,
    Link,
    Mention,
    PlaceValue,
    QuantityValue,
    Reading,
    Span,
    TimeValue,
    When,
)

MARK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def reading(
    id: str,
    text: str,
    links: Sequence[str] = (),
    published: str | None = None,
    origin: str | None = None,
    source: str | None = None,
) -> Reading:
    """The reading of a marked text; a mention goes by its handle in `links` ("f agent i .9").

    Behind these, a link has fields of its own: "s causes k .9 cue=because_of factuality=negated by=r".
    """
    plain, found, at = "", {}, 0
    for match in MARK.finditer(text):
        plain += text[at : match.start()]
        handle, kind, type, *rest = match.group(2).split()
        found[handle] = (
            len(plain),
            len(plain) + len(match.group(1)),
            kind,
            type,
            dict(word.split("=", 1) for word in rest),
        )
        plain += match.group(1)
        at = match.end()
    plain += text[at:]
    ids = {handle: f"{id}:{start}-{end}:{kind}" for handle, (start, end, kind, _, _) in found.items()}
    mentions = tuple(
        Mention(
            ids[h],
            Span(id, start, end),
            kind,
            type,
            plain[start:end],
            _value(plain[start:end], start, kind, f, ids, plain),
            "by-hand",
        )
        for h, (start, end, kind, type, f) in found.items()
    )
    ties = []
    for line in links:
        ties.append(_link(line, ids, plain))
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s|$)", plain)] or [len(plain)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    day = str(published) if published else None
    article = Article(id, plain, published=day, origin=origin, language="en", source=source)
    return Reading(article, tuple(zip(starts, ends, strict=True)), mentions, tuple(ties))


def _link(line: str, ids: dict[str, str], plain: str) -> Link:
    start, relation, end, *rest = line.split()
    fields = dict(word.split("=", 1) for word in rest if "=" in word)
    confidence = next((float(word) for word in rest if "=" not in word), 0.9)
    return Link(
        ids[start],
        relation,
        ids[end],
        fields.get("rule", "by-hand"),
        confidence,
        cue=_words(plain, fields, "cue"),
        factuality=fields.get("factuality", "asserted"),
        claimed_by=ids[fields["by"]] if "by" in fields else None,
    )


def handles(id: str, text: str) -> dict[str, str]:
    """Handle to mention id, as `reading` gives them."""
    made = reading(id, text)
    return {
        f"{id}.{m.group(2).split()[0]}": mention.id
        for m, mention in zip(MARK.finditer(text), made.mentions, strict=True)
    }


def _value(words: str, start: int, kind: str, fields: dict[str, str], ids: dict[str, str], plain: str):
    name = fields.get("name", words).replace("_", " ")
    if kind == "actor":
        return ActorValue(
            name,
            form=fields.get("form", "name"),
            key=fields.get("key"),
            country=fields.get("country"),
            sectors=tuple(fields["sectors"].split(",")) if "sectors" in fields else (),
            count=int(fields["count"]) if "count" in fields else None,
            plural="plural" in fields,
            gender=fields.get("gender"),
        )
    if kind == "place":
        outer = tuple(
            PlaceValue(n.split(":")[0], n.split(":")[1], country=fields.get("country")) for n in _list(fields, "within")
        )
        return PlaceValue(name, fields.get("key"), country=fields.get("country"), within=outer)
    if kind == "quantity":
        return QuantityValue(float(fields["count"]), fields["of"], fields.get("bound"))
    if kind == "time":
        return TimeValue(fields["value"])
    return EventValue(
        fields.get("lemma", words),
        (start, start + len(words)),
        mode=fields.get("mode"),
        factuality=fields.get("factuality", "asserted"),
        source=ids.get(fields.get("source", "")),
        when=_when(fields),
        tense=fields.get("tense"),
        definite="definite" in fields,
        subject=_words(plain, fields, "subject"),
        object=_words(plain, fields, "object"),
    )


def _list(fields: dict[str, str], name: str) -> list[str]:
    return [item.replace("_", " ") for item in fields[name].split(",")] if name in fields else []


def _words(plain: str, fields: dict[str, str], name: str) -> tuple[int, int] | None:
    """Where the words of a field ("the_old_bridge") stand in the text."""
    if name not in fields:
        return None
    words = fields[name].replace("_", " ")
    start = " ".join(plain.split("\n")).index(words)
    return start, start + len(words)


def _when(fields: dict[str, str]) -> When | None:
    if "day" in fields:
        day = date.fromisoformat(fields["day"])
        return When(day, day + timedelta(1), "day")
    if "days" in fields:
        first, last = (date.fromisoformat(d) if d else None for d in fields["days"].split("/"))
        return When(first, last + timedelta(1) if last else None, fields.get("precision", "interval"))
    return None
