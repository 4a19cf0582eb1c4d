"""Pieces survive being stored, and their fingerprint knows content from form."""

import json
from dataclasses import replace

from issues.reading import Caption, Credit, Edition, PageHead, Piece, ReadingWarning, Titles

PIECE = Piece(
    page=2,
    kind="feature",
    kicker="老街见闻",
    headline="渡口上的灯",
    deck="记棠溪渡口",
    column_label="走基层",
    dateline="本报讯",
    source="新华社",
    bylines=(Credit("记者", "何静", ("text", "photo"), "记者 何静 文/图"),),
    photo_credits=(Credit("记者", "何静", ("text", "photo"), "记者 何静 文/图"),),
    captions=(Caption("图①：", "渡口清晨。", "何静 摄"),),
    paragraphs=("天还没亮，渡口的灯先亮了。", "船工说，灯亮着，人就不慌。"),
    warnings=(ReadingWarning("text_lost", "灯先亮了", 0),),
    alternatives=(Titles(headline="老街见闻 渡口上的灯"),),
    corrects={"date": "12月1日", "page": 2, "title": "渡口"},
    lifted=("记者 何静 文/图",),
    headings=(0,),
)
EDITION = Edition(
    (PageHead(1, "要闻", "1", "第1版：要闻"),), (PIECE,), (ReadingWarning("folio", "棠溪时讯"),)
)


def test_a_piece_survives_storage():
    stored = json.loads(json.dumps(PIECE.to_dict()))
    assert Piece.from_dict(stored) == PIECE


def test_a_piece_stored_before_subheadings_were_known_still_loads():
    stored = PIECE.to_dict()
    del stored["headings"]
    assert Piece.from_dict(stored) == replace(PIECE, headings=())


def test_an_edition_survives_storage():
    stored = json.loads(json.dumps(EDITION.to_dict()))
    assert Edition.from_dict(stored) == EDITION


def test_the_printed_json_is_plain_and_names_only_roles_and_names():
    printed = json.loads(json.dumps(EDITION.as_json()))
    article = printed["articles"][0]
    assert article["bylines"] == [{"role": "记者", "name": "何静"}]
    assert article["warnings"][0]["paragraph"] == 0
    assert article["headings"] == [0]
    assert article["warnings"][0]["message"]
    assert printed["warnings"][0]["code"] == "folio"
    assert Piece().as_json()["headline"] is None


def test_every_warning_has_a_sentence_that_quotes():
    assert "棠溪时讯" in ReadingWarning("folio", "棠溪时讯").message


def test_the_fingerprint_is_blind_to_form_only():
    reset = replace(PIECE, page=3, paragraphs=tuple(f" {text}" for text in PIECE.paragraphs))
    narrow = replace(PIECE, paragraphs=tuple(text.replace("，", ",") for text in PIECE.paragraphs))
    assert PIECE.fingerprint == replace(PIECE, headings=()).fingerprint
    assert PIECE.fingerprint == reset.fingerprint == narrow.fingerprint
    assert PIECE.fingerprint != replace(PIECE, headline="渡口下的灯").fingerprint
    assert PIECE.fingerprint != replace(PIECE, paragraphs=PIECE.paragraphs[:1]).fingerprint
