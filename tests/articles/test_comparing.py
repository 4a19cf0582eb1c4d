"""What lies between two texts, place by place."""

import pytest

from articles.comparing import marked, places

BLANK = {
    "kind": "news",
    "section": 1,
    "kicker": "",
    "headline": "",
    "deck": "",
    "column_label": "",
    "dateline": "",
    "source": "",
    "summary": "",
    "body": "",
    "bylines": [],
    "photos": [],
}


def changed(old: dict, new: dict) -> dict[str, tuple]:
    """Return the places that differ: label → marked parts without what is equal."""
    found = places(BLANK | old, BLANK | new)
    return {
        place.label: tuple(part for part in place.parts if part[0] != "equal")
        for place in found
        if not place.same
    }


def test_a_number_is_one_thing():
    assert marked("收水260吨", "收水216吨")[1] == ("replace", "260", "216")
    assert marked("1,326人次", "1,362人次")[0] == ("replace", "1,326", "1,362")


def test_marks_give_both_texts_back():
    old, new = "每周开放六天，延时到21:30。", "每周开放六天（周一闭馆），延时到九点半。"
    parts = marked(old, new)
    assert "".join(before for _kind, before, _after in parts) == old
    assert "".join(after for _kind, _before, after in parts) == new


def test_only_the_paragraph_that_changed_is_a_change():
    old = {"body": "<p>一段。</p><p>二段。</p><p>三段。</p>"}
    new = {"body": "<p>一段。</p><p>第二段。</p><p>三段。</p>"}
    assert list(changed(old, new)) == ["第 2 段"]


def test_a_paragraph_put_in_moves_no_other():
    old = {"body": "<p>甲段。</p><p>乙段。</p>"}
    new = {"body": "<p>甲段。</p><p>新的一段。</p><p>乙段。</p>"}
    found = changed(old, new)
    assert list(found.values()) == [(("insert", "", "新的一段。"),)]


def test_names_titles_and_captions_are_places_too():
    old = {
        "headline": "旧题",
        "bylines": [[1, "甲", "通讯员", "text"]],
        "photos": [["a", "旧说明", "", ""]],
    }
    new = {
        "headline": "新题",
        "bylines": [[2, "乙", "通讯员", "text"]],
        "photos": [["a", "新说明", "", ""]],
    }
    assert set(changed(old, new)) == {"主题", "署名", "图 1"}


def test_another_file_under_the_same_caption_is_a_change():
    old, new = {"photos": [["a", "说明", "", ""]]}, {"photos": [["b", "说明", "", ""]]}
    assert set(changed(old, new)) == {"图 1"}


def test_a_link_that_leads_elsewhere_is_a_change():
    old = {"body": '<p>见<a href="https://one.example/">通知</a></p>'}
    new = {"body": '<p>见<a href="https://two.example/">通知</a></p>'}
    assert set(changed(old, new)) == {"链接"}


def test_kind_and_section_are_told_where_they_differ():
    new = {"kind": "brief", "section": 2, "section_name": "要闻"}
    assert set(changed({"section_name": "民生"}, new)) == {"类别", "栏目"}
    assert len(places(BLANK, BLANK)) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"body": "<p>字</p>"}, {"body": "<p><strong>字</strong></p>"}),
        ({"bylines": [[1, "甲", "", "text"]]}, {"bylines": [[2, "甲", "", "text"]]}),
    ],
)
def test_nothing_a_signature_covers_changes_untold(old, new):
    assert len(changed(old, new)) == 1


def test_equal_texts_have_no_changes():
    same = {"headline": "题", "body": "<p>字。</p>"}
    assert changed(same, same) == {}
