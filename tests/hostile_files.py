"""Files that are an attack: each with the articles that it gives, or with the words of its refusal."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable

from msgspec import Struct

NEWS = "A storm hit the coast of the island on Monday and left many houses without power."
MB = 2**20


class File(Struct, frozen=True):
    """A file by its name; `refused` are words of the reason, `text` is what the only article says."""

    name: str
    data: Callable[[], bytes]
    refused: str = ""
    text: str = NEWS
    fields: dict[str, str] = {}


def _feed(entry: str, head: str = "") -> Callable[[], bytes]:
    return lambda: f"{head}<rss version='2.0'><channel><title>x</title><item>{entry}</item></channel></rss>".encode()


def _json(**fields: str) -> Callable[[], bytes]:
    return lambda: json.dumps({"text": NEWS, **fields}).encode()


def _packed(count: int) -> bytes:
    data = b" " * 40 * MB
    for _ in range(count):
        data = gzip.compress(data)
    return data


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("../../climbs.txt", NEWS)
    return held.getvalue()


def _tar() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as packed:
        packed.addfile(tarfile.TarInfo("../../climbs.txt"), io.BytesIO(b""))
    return held.getvalue()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ALIASES = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)}, ' * 9}]\n" for n in range(9))
FILES = {
    # encodings
    "utf-8 mark": File("a.txt", lambda: b"\xef\xbb\xbf" + NEWS.encode()),
    "utf-16 mark": File("a.txt", lambda: NEWS.encode("utf-16")),
    "utf-16 big-endian mark": File("a.txt", lambda: b"\xfe\xff" + NEWS.encode("utf-16-be")),
    "utf-32 mark": File("a.txt", lambda: NEWS.encode("utf-32")),
    "utf-16 mark on json": File("a.jsonl", lambda: json.dumps({"text": NEWS}).encode("utf-16")),
    "half of utf-16": File("a.txt", lambda: b"\xff\xfe" + NEWS.encode("utf-16-le")[:-1], "binary, not text"),
    "utf-16 without a mark": File("a.txt", lambda: NEWS.encode("utf-16-le"), "binary, not text"),
    "windows-1252": File("a.txt", lambda: f"{NEWS} “Café”".encode("cp1252"), text=f"{NEWS} “Café”"),
    "an encoding that is none": File(
        "a.html", lambda: f"<meta charset='rot13'><p>{NEWS}é</p>".encode("latin-1"), text=f"{NEWS}é"
    ),
    "an encoding that is a codec of bytes": File("a.xml", lambda: b"<?xml version='1.0' encoding='zlib'?>\xe9", "XML"),
    "overlong utf-8": File("a.txt", lambda: NEWS.encode() + b"\xc0\xaf\xc0\xae", text=f"{NEWS}ŔŻŔ®"),
    # characters
    "NUL": File("a.txt", lambda: b"a\x00b", "binary, not text"),
    "NUL in json": File("a.jsonl", _json(text="A storm hit\x00 the coast."), "NUL character"),
    "NUL in a title": File("a.jsonl", _json(title="a\x00b"), "its title holds a NUL"),
    "lone surrogate": File("a.jsonl", lambda: b'{"text": "A storm hit \\ud800 the coast."}', "surrogate"),
    "lone surrogate in an id": File("a.jsonl", lambda: b'{"text": "A storm hit.", "id": "\\udfff"}', "surrogate"),
    "lone surrogate in a feed": File("a.xml", _feed(f"<description>{NEWS}&#xD800;</description>")),
    "lone surrogate in utf-8": File("a.txt", lambda: b"A storm hit.\xed\xa0\x80", text="A storm hit.í €"),
    "turned direction": File("a.txt", lambda: f"\u202e{NEWS}\u2066".encode()),
    "escape codes": File("a.txt", lambda: f"\x1b[2J\x1b]0;x\x07{NEWS}".encode(), text=f"[2J]0;x{NEWS}"),
    # size
    "50 MB of text": File("a.txt", lambda: (NEWS + "\n").encode() * (50 * MB // 83), "larger than 32 MB"),
    "50 MB of HTML": File("a.html", lambda: b"<p>x" * (50 * MB // 4), "larger than 4 MB"),
    "50 MB of Markdown": File("a.md", lambda: b"> " * (25 * MB), "larger than 4 MB"),
    "50 MB of XML": File("a.xml", lambda: b"<item>" * (50 * MB // 6), "larger than 8 MB"),
    "50 MB of JSON": File("a.json", lambda: b"[" * (50 * MB), "larger than 32 MB"),
    "a line of 50 MB": File("a.jsonl", lambda: b'{"text": "' + b"x" * (50 * MB) + b'"}', "longer than 8 MB"),
    "10 MB of words": File("a.txt", lambda: b"river " * (10 * MB // 6), "newsloom reads articles of up to 200,000"),
    "a sentence of a million words": File(
        "a.jsonl", lambda: json.dumps({"text": "and so on " * 333_334}).encode(), "200,000"
    ),
    # packed
    "gzip bomb": File("a.txt.gz", lambda: _packed(1), "larger than 32 MB"),
    "gzip in gzip": File("a.txt.gz", lambda: _packed(2), "binary, not text"),
    "gzip cut off": File("a.txt.gz", lambda: gzip.compress(NEWS.encode())[:-9], "broken gzip"),
    "no gzip": File("a.txt.gz", lambda: NEWS.encode(), "Not a gzipped file"),
    "zip with a path that climbs": File("a.zip", _zip, "unknown suffix '.zip'"),
    "zip under another name": File("a.txt", _zip, "binary, not text"),
    "tar under another name": File("a.html", _tar, "binary, not text"),
    # XML
    "billion laughs": File("a.xml", _feed("&l9;", f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'), "entities of its own"),
    "one large entity": File("a.xml", _feed("&a;" * 1000, f'<!DOCTYPE x [<!ENTITY a "{"a" * 10_000}">]>'), "entities"),
    "a file as an entity": File(
        "a.xml", _feed("&a;", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "entities"
    ),
    "entities behind a second type": File(
        "a.xml", _feed("x", '<!DOCTYPE a><!DOCTYPE x [<!ENTITY a "b">]>'), "entities"
    ),
    "a foreign type": File(
        "a.xml", _feed(f"<description>{NEWS}</description>", '<!DOCTYPE x SYSTEM "http://e.example/">')
    ),
    "entities in HTML": File("a.html", lambda: f'<!DOCTYPE x [<!ENTITY a "b">]><p>{NEWS}</p>'.encode(), "no HTML"),
    "deep XML": File("a.xml", lambda: b"<rss><a>" + b"<a>" * 200_000, "XML"),
    "lines without end": File("a.xml", lambda: b"<rss>" + b"\n" * 2_000_000, "XML"),
    "types without end": File("a.xml", lambda: b"<rss>" + b"<!DOCTYPE\n" * 200_000, "entities"),
    "comments without end": File("a", lambda: b"<!---->" * 500 + b"<x>", "no HTML"),
    "a parser that fails": File("a.xml", lambda: b"</content>", ""),
    # HTML
    "deep HTML": File("a.html", lambda: b"<div>" * 100_000 + NEWS.encode(), "no HTML"),
    "HTML that a library cannot take": File("a.html", lambda: b"<svg><html>", "cannot be taken apart"),
    "HTML of a million tags": File("a.html", lambda: f"<p>{NEWS}</p>".encode() + b"<b>" * MB, ""),
    # YAML
    "aliases": File("a.md", lambda: f"---\n{ALIASES}---\n{NEWS}".encode(), "aliases"),
    "tags": File("a.md", lambda: f"---\na: !!python/object/apply:os.system [ls]\n---\n{NEWS}".encode(), "tags"),
    "deep YAML": File("a.md", lambda: b"---\na: " + b"[" * 100_000 + b"\n---\nRain fell.", "nested more than"),
    "deep JSON": File("a.json", lambda: b"[" * MB, "bad JSON"),
    # texts that are programs somewhere
    "SQL": File("a.jsonl", _json(title="'); DROP TABLE articles; --", id="' OR 1=1 --"), fields={"id": "' OR 1=1 --"}),
    "SPARQL": File("a.jsonl", _json(title='" . } ; DROP ALL #'), fields={"title": '" . } ; DROP ALL #'}),
    "an id that climbs": File("a.jsonl", _json(id="../../etc/passwd"), fields={"id": "../../etc/passwd"}),
    "an address that is a program": File(
        "a.jsonl", _json(url="javascript:alert(1)"), fields={"url": "javascript:alert(1)"}
    ),
    "a date that is none": File("a.jsonl", _json(date="'; DROP TABLE articles; --" * 1000)),
}
