"""Files, folders and standard input; what is refused, what comes twice, and input that means harm."""

import gzip
import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsloom.graph.articles import read_articles, sources
from newsloom.graph.types import Article, Refusal
from newsloom.schemas.errors import InputError, UsageError


def read(*paths: str | Path, **options: str) -> list[Article | Refusal]:
    return list(read_articles(paths, **options))


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")


def test_nothing_is_read_when_a_path_does_not_exist(tmp_path):
    write(tmp_path, storm__txt="A storm hit the coast.")
    with pytest.raises(InputError, match=r"strom\.txt does not exist\. Did you mean storm\.txt\?"):
        read_articles([tmp_path / "storm.txt", tmp_path / "strom.txt"])
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone")
    with pytest.raises(InputError, match="a link to something that does not exist"):
        read_articles([tmp_path / "dangling.txt"])
    with pytest.raises(InputError, match="an empty path"):
        read_articles([""])
    with pytest.raises(InputError, match="nor can its folder be read"):
        read_articles([tmp_path / "no" / "a.txt"])


@pytest.mark.parametrize("published", ["yesterday", "2024-02", "23.02.2024", "", "2024-02-30"])
def test_published_must_be_a_date(tmp_path, published):
    with pytest.raises(UsageError, match=r"no date that newsloom reads\. Possible: 2024-02-23"):
        read_articles([tmp_path], published=published)


def test_several_dates_go_to_the_articles_in_order(tmp_path):
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(f"The mayor of {name}-town resigned after the vote.", encoding="utf-8")
    found = read_articles([tmp_path], published=["2024-02-23", "2024-03-01", "2024-04-14"])
    assert [a.published for a in found] == ["2024-02-23", "2024-03-01", "2024-04-14", "2024-04-14"]
    with pytest.raises(UsageError, match="'soon' is no date"):
        read_articles([tmp_path], published=["2024-02-23", "soon"])


def test_one_path_will_do(tmp_path):
    write(tmp_path, a__txt="Rain fell.")
    for path in (tmp_path, str(tmp_path / "a.txt")):
        assert [a.text for a in read_articles(path)] == ["Rain fell."]


def test_folders(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    outside = tmp_path.parent / f"{tmp_path.name}-outside.txt"
    outside.write_text("Snow fell.")
    write(tmp_path, c__txt="Hail fell.", a__TXT="Rain fell.", __hidden__txt="No.", picture__png="No.", Makefile="No.")
    write(tmp_path / "b", d__md="Sleet fell.")
    write(tmp_path / ".git", e__txt="No.")
    (tmp_path / "link.txt").symlink_to(outside)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone")
    assert [item.text for item in read(tmp_path)] == ["Rain fell.", "Hail fell.", "Sleet fell."]


def test_folder_without_articles(tmp_path):
    (refusal,) = read(tmp_path)
    assert "without files that newsloom reads (.txt" in refusal.reason


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\xef\xbb\xbf", "empty"),
        ("a.html", b"\n", "empty"),
        ("a.jsonl", b"", "empty"),
        ("a.txt", b"MZ\x00\x01", "binary"),
        ("a.pdf", b"%PDF", "unknown suffix '.pdf'; known: .txt"),
        ("a.txt.gz", b"no gzip", "gzip"),
        ("a.txt.gz", gzip.compress(b"Rain fell." * 100)[:-20], "gzip"),
        ("a.md", b"---\ntitle: x\n---\n", "no article text"),
        ("a.txt", "Дождь шёл весь день, и река вышла из берегов.".encode(), "not in English"),
    ],
)
def test_refused_files(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    write(tmp_path, good__txt="Rain fell.")
    refusal, article = read(tmp_path / name, tmp_path / "good.txt")
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason
    assert refusal.origin == str(tmp_path / name)
    assert article.text == "Rain fell."


def test_unreadable_file(tmp_path, monkeypatch):
    write(tmp_path, a__txt="Rain fell.")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert [r.reason for r in read(tmp_path / "a.txt")] == ["cannot be read: Permission denied"]


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_FILE", 2**20)
    monkeypatch.setattr(sources, "MAX_LINE", 50)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a" * 3 * 2**20))
    write(tmp_path, b__jsonl=f'{{"text": "{"x" * 200}"}}\n{{"text": "Rain fell."}}\n')
    large, long_line, article = read(tmp_path)
    assert large.reason == "larger than 1 MB"
    assert long_line.origin.endswith("line 1")
    assert "longer than" in long_line.reason
    assert article.text == "Rain fell."


def test_gzip(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Rain fell."}\n{"text": "Hail fell."}'))
    assert [a.text for a in read(tmp_path)] == ["Rain fell.", "Hail fell."]


def test_the_same_article_twice(tmp_path):
    write(
        tmp_path,
        a__txt="Storm Ciaran\n\nRain fell on the coast.",
        b__md="# Storm  Ciaran\n\nRain fell\non the coast.",
        c__jsonl="\n".join(f'{{"id": "x", "text": "{thing} fell."}}' for thing in ("Hail", "Hail", "Snow")),
    )
    rain, again, hail, same, other = read(tmp_path)
    assert again.reason == f"duplicate of {rain.id}"
    assert (hail.id, same.reason) == ("x", "duplicate of x")
    assert same.origin.endswith("c.jsonl, line 2")
    assert other.reason == "duplicate of x: the same id with another text"


def test_ids_are_stable(tmp_path):
    write(tmp_path, a__txt="Rain fell.")
    assert read(tmp_path)[0].id == read(tmp_path)[0].id == "3e1e9dba0dbc"


def test_published_is_for_articles_without_a_date(tmp_path):
    lines = [
        '{"text": "Rain fell."}',
        '{"text": "Hail fell.", "published": "2023-01-01"}',
        '{"text": "Snow fell.", "url": "https://example.org/2023/01/02/snow"}',
        '{"text": "PARIS, 3 January 2023 (AFP) — Sleet fell."}',
        '{"text": "PARIS, December 30 (AFP) — Ash fell."}',
    ]
    write(tmp_path, a__jsonl="\n".join(lines))
    days = ["2024-01-01T12:00", "2023-01-01", "2023-01-02", "2023-01-03", "2023-12-30"]
    assert [a.published for a in read(tmp_path, published="2024-01-01T12:00")] == days
    assert [a.published for a in read(tmp_path)] == [None, *days[1:4], None]


@pytest.mark.parametrize(
    "content",
    [
        "Rain fell.",
        '{"text": "Rain fell."}',
        '{"format": 1, "articles": [{"text": "Rain fell."}]}',
        '{"text": "Rain fell."}\n\n{"text": "Rain fell.", "id": "2"}',
        '[{"text": "Rain fell."}]',
        '{\n "text": "Rain fell."\n}',
        "---\ntitle: x\n---\nRain fell.",
        '<?xml version="1.0"?><rss><channel><item><description>Rain fell.</description></item></channel></rss>',
        f"<!doctype html><html><body><p>Rain fell.</p><p>{'It fell on the town for a whole day. ' * 8}</p></body>",
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("stream", [io.BufferedReader, lambda raw: raw])
def test_standard_input_and_files_without_suffix(tmp_path, monkeypatch, content, pack, stream):
    data = pack(content.encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream(io.BytesIO(data))))
    (tmp_path / "page.gz").write_bytes(gzip.compress(content.encode()))
    (tmp_path / "page").write_bytes(data)
    for path, origin in [("-", "standard input"), *((p, str(p)) for p in (tmp_path / "page", tmp_path / "page.gz"))]:
        article = read(path)[0]
        assert isinstance(article, Article), article
        assert article.text.startswith("Rain fell.")
        assert article.origin == origin


SCRAPS = st.sampled_from(
    [
        *(
            "---\n",
            "# ",
            "- ",
            "* * *",
            "\n",
            "\n\n\n",
            "Source: X",
            "Title: Y",
            "By A B",
            "Share this",
            "Leave a Reply",
        ),
        *("Rain fell. ", "LONDON (AP) — ", "2024-02-23", "9999-99-99", "é", "\u202e", "\x00", "\ud800", "\\ud800"),
        *(
            "<p>",
            "</p>",
            "<article>",
            "<h1>",
            "<title>",
            "<rss>",
            "<item>",
            "<?xml ",
            "<![CDATA[",
            "<!ENTITY",
            "&#xD800;",
        ),
        *("{", "}", "[", "]", ",", ": ", '"', '"text":', '"published":', '"id":', "&amp;", "|", "1e999"),
    ]
)
HOSTILE = st.one_of(
    st.binary(max_size=300),
    st.lists(SCRAPS, max_size=40).map(lambda scraps: "".join(scraps).encode("utf-8", "surrogatepass")),
)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".xml", ".json", ".jsonl", ".txt.gz", ""])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=HOSTILE)
def test_whatever_a_file_holds(tmp_path, suffix, data):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    for item in read(path, published="2024-02-23"):
        assert isinstance(item, Article | Refusal)
        if isinstance(item, Refusal):
            assert "could not be understood" not in item.reason, item
            continue
        item.text.encode()
        assert item.text.strip()
        assert item.day
        assert 0 <= item.body < len(item.text)
        assert not item.text[item.body].isspace() or not item.body


def test_a_folder_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    write(tmp_path, storm__txt="A storm hit the coast of the island on Monday and left many houses without power.")
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refusing(folder):
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    refused, article = read(tmp_path)
    assert refused == Refusal(str(tmp_path / "closed"), "a folder that cannot be read: Permission denied")
    assert isinstance(article, Article)
