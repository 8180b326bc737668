"""Files that attack: each is read or refused with its reason, in bounded time, and the file beside it is read."""

import os
import time

import pytest
from hostile_files import FILES, NEWS

from newsloom.graph.articles import read_articles
from newsloom.graph.types import Article, Refusal

SLOWEST = 40  # seconds of CPU time; most take none
BESIDE = "Rain fell on the town for a whole day, and two bridges were closed to all traffic in the evening."


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_or_refused_and_stops_no_other(tmp_path, name):
    file = FILES[name]
    (tmp_path / file.name).write_bytes(file.data())
    (tmp_path / "zz.txt").write_text(BESIDE)
    start = time.process_time()
    *found, beside = read_articles([tmp_path / file.name, tmp_path / "zz.txt"])
    assert time.process_time() - start < SLOWEST
    assert isinstance(beside, Article)
    assert beside.text == BESIDE
    assert found
    for item in found:
        if file.refused:
            assert isinstance(item, Refusal), item
            assert file.refused in item.reason
            assert "could not be understood" not in item.reason
            assert len(item.reason) < 400
    if not file.refused and name not in ("a parser that fails", "HTML of a million tags"):
        (article,) = found
        assert isinstance(article, Article), article
        assert article.text == file.text
        assert {field: getattr(article, field) for field in file.fields} == file.fields


def test_links_and_pipes_lead_nowhere(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(NEWS)
    news = tmp_path / "news"
    news.mkdir()
    (news / "in.txt").write_text(BESIDE)
    (news / "out.txt").symlink_to(outside / "secret.txt")
    (news / "folder").symlink_to(outside)
    (news / "round").symlink_to(news)
    (news / "self.txt").symlink_to(news / "self.txt")
    os.mkfifo(news / "pipe.txt")
    assert [item.text for item in read_articles(news)] == [BESIDE]


def test_names_of_files_steer_no_terminal(call, place):
    (place / "\x1b[31mred.txt").write_bytes(b"\x00")
    code, out, err = call("build", ".")
    assert code == 3
    assert "\x1b" not in err + "".join(out)


def test_json_lines_with_dates_of_another_name(tmp_path):
    lines = [
        '{"text": "Rain fell.", "date": "1987-02-26T15:01"}',
        '{"text": "Hail fell.", "date": "26 February 1987"}',
        '{"text": "Snow fell.", "date": "soon"}',
        '{"text": "Sleet fell.", "date": 541353660}',
        '{"text": "Ash fell.", "date": "2001-01-01", "published": "1987-02-26"}',
        '{"text": "Sand fell.", "date": "1987-02-26", "published": null}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    given = [(article.published, article.published_from) for article in read_articles(tmp_path)]
    days = ["1987-02-26T15:01", "1987-02-26", None, None, "1987-02-26", "1987-02-26"]
    assert given == [(day, day and "given") for day in days]
