"""The page of arithmetic says what the measured figures come to."""

import json

import scale_page


def test_the_page_is_made_from_the_figures():
    figures = json.loads(scale_page.FIGURES.read_text(encoding="utf-8"))
    assert scale_page.PAGE.read_text(encoding="utf-8") == scale_page.page(figures), "run `python tests/scale_page.py`"
