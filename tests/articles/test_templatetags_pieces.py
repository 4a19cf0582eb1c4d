from types import SimpleNamespace as Thing

import pytest

from articles.templatetags import pieces


def name(name, role="通讯员", credit="text"):
    return Thing(name=name, role=role, credit=credit, linked=None)


def test_writers_of_one_role_share_its_word():
    piece = Thing(names=[name("陆知秋"), name("周牧"), name("苏禾", "本报记者")])
    assert pieces.byline(piece) == "通讯员\u3000陆知秋\u3000周牧\u3000本报记者\u3000苏禾"


def test_some_roles_stand_after_the_name():
    piece = Thing(names=[name("孟小满", "摄", "photo")])
    assert pieces.byline(piece) == "孟小满\u3000摄"
    assert pieces.byline_groups(piece)[0]["after"]


def test_a_list_names_writers_and_an_article_photographers_too():
    piece = Thing(
        names=[name("孟小满", "摄", "photo"), name("陆知秋"), name("沈砚", "编辑", "editing")]
    )
    assert pieces.byline(piece) == "通讯员\u3000陆知秋"
    assert [group["role"] for group in pieces.byline_groups(piece)] == ["通讯员", "摄"]


def test_a_name_without_a_role_stands_alone():
    assert pieces.byline(Thing(names=[name("许明溪", "")])) == "许明溪"


def test_the_first_to_sign_is_the_editor_and_others_have_their_round():
    assert pieces.signed_as(Thing(round_position=1, round_name="初审")) == "责任编辑"
    assert pieces.signed_as(Thing(round_position=3, round_name="终审签发")) == "终审签发"


def test_the_drawn_nameplate_stands_for_its_own_name_only():
    drawn, typed = pieces.nameplate("棠溪时讯"), pieces.nameplate("柳岸<报>")
    assert "site/nameplate" in drawn
    assert 'alt="棠溪时讯"' in drawn
    assert typed == '<span class="name__type">柳岸&lt;报&gt;</span>'


def test_the_shared_picture_is_the_first_large_enough():
    photo = Thing(digest="a" * 64, width=2400, widths=[2400, 480, 960])
    assert pieces.photo_address(photo).endswith("/960.jpg")
    photo.widths = [480]
    assert pieces.photo_address(photo).endswith("/480.jpg")


def test_a_registration_number_is_its_digits():
    assert pieces.digits("某公网安备12345678901234号") == "12345678901234"


@pytest.mark.parametrize(
    ("lead", "html"),
    [
        ({"marked": "一条|管线", "sealed": "一条管线", "opening": ""}, "一条</span><wbr>"),
        ({"marked": "改了|的", "sealed": "一条管线", "opening": ""}, "一条"),
        ({"marked": "", "sealed": "", "opening": "<p>雪后的清晨。</p>"}, "雪后"),
    ],
)
def test_a_headline_in_a_calendar_is_the_sealed_one(lead, html):
    assert html in pieces.marked(lead)
    assert "改了" not in pieces.marked(lead)
