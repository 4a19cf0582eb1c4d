"""The demo's material: complete, dated, and with a file for every picture it names."""

from datetime import date

import pytest

from articles.kinds import Kind
from issues.reading import read_edition
from newsroom.demo import stock

DAY = date(2023, 12, 8)
EDITIONS = sorted(
    path.name.removesuffix(".txt") for path in (stock.HERE / "editions").glob("*.txt")
)


def test_dates_count_from_the_issue():
    text = "{d:-1}下雪，{w:0}见报，{D:+2}放晴，{m:30}再说，{y:30}年。"
    assert stock.dated(text, DAY) == "12月7日下雪，星期五见报，10日放晴，1月再说，2024年。"


def test_there_are_several_editions():
    assert {"main", "back", "extra", "next"} <= set(EDITIONS)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_piece_of_an_edition_has_a_plan(name):
    edition = stock.Edition.of(name, DAY)
    pieces = read_edition(edition.text).pieces
    assert len(pieces) == len(edition.plan)
    unplanned = [
        piece.headline or piece.paragraphs[0]
        for piece in pieces
        if not edition.plan_of(piece.headline or "", *piece.paragraphs[:1])
    ]
    # A sub-editor settles one doubtful title line; more would spoil the first impression.
    assert len(unplanned) <= 1


@pytest.mark.parametrize("name", EDITIONS)
def test_every_plan_names_what_is_there(name):
    sections = {section["name"] for section in stock.read("sections")}
    for title, plan in stock.Edition.of(name, DAY).plan.items():
        assert plan["section"] in sections, title
        assert plan["kind"] in Kind.values, title
        for photo in plan.get("photos", []):
            assert (stock.PHOTOS / photo["file"]).is_file()
            assert photo["alt"].strip(), title


@pytest.mark.parametrize("name", EDITIONS)
def test_no_placeholder_is_left(name):
    edition = stock.Edition.of(name, DAY)
    assert "{" not in edition.text
