"""What lies between two texts, place by place."""

import time

import pytest

from articles.comparing import marked, places

NAMES = ["王婆婆", "李大爷", "赵姐", "钱老师", "孙师傅", "周医生", "吴阿姨", "郑叔", "冯奶奶"]
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
    assert set(changed(old, new)) == {"主题", "署名", "图 1 说明"}


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


def test_a_paragraph_that_only_moved_is_told_as_moved():
    old = {"body": "<p>甲段。</p><p>乙段。</p><p>丙段。</p>"}
    new = {"body": "<p>丙段。</p><p>甲段。</p><p>乙段。</p>"}
    (place,) = [place for place in places(BLANK | old, BLANK | new) if not place.same]
    assert (place.number, place.came_from, place.moved) == (0, 2, True)
    assert place.parts == (("moved", "丙段。", "丙段。"),)


def test_photos_are_paired_by_their_files():
    old = {"photos": [["a", "甲", "摄", "替"], ["b", "乙", "摄", "替"]]}
    without = {"photos": [["b", "乙", "摄", "替"]]}
    assert set(changed(old, without)) == {"图 1", "图 1 说明", "图 1 署名", "图 1 替代文字"}
    turned = {"photos": [["b", "乙", "摄", "替"], ["a", "甲", "摄", "替"]]}
    (place,) = [place for place in places(BLANK | old, BLANK | turned) if not place.same]
    assert (place.kind, place.moved) == ("photo", True)


def test_another_file_names_both():
    old, new = {"photos": [["a", "说明", "", ""]]}, {"photos": [["b", "说明", "", ""]]}
    (place,) = [place for place in places(BLANK | old, BLANK | new) if not place.same]
    assert place.pictures == ("a", "b")


@pytest.mark.parametrize("length", [3_000, 30_000])
@pytest.mark.parametrize("cut", [1, 40, 10_000_000], ids=["sentences", "paragraphs", "one block"])
def test_a_long_text_is_compared_in_a_second(length, cut):
    """Also one that is changed in every sentence, and one without a paragraph in it."""
    sentences = [f"第{n}号楼的电梯昨天装好了，住在{n % 7}楼的{NAMES[n % 9]}下楼不再发愁。"
                 for n in range(length // 30)]  # fmt: skip
    mended = [s.replace("昨天", "前天").replace("不再", "再也不") for s in sentences]

    def body(lines):
        return "".join(
            f"<p>{''.join(lines[at : at + cut])}</p>" for at in range(0, len(lines), cut)
        )

    began = time.process_time()
    found = places(BLANK | {"body": body(sentences)}, BLANK | {"body": body(mended)})
    assert time.process_time() - began < 2
    text = [place for place in found if place.kind == "text"]
    assert "".join(place.old for place in text) == "".join(sentences)
    gone = "".join(old for place in text for kind, old, _new in place.parts if kind != "equal")
    assert set(gone) <= set("昨天不再发愁下楼")
    assert len(gone) < length / 6


FORM, PLAN = ["a" * 64, "pdf", "报名表"], ["b" * 64, "docx", "方案"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([], [FORM], {"附件 1"}),
        ([FORM], [], {"附件 1"}),
        ([FORM], [[FORM[0], "pdf", "登记表"]], {"附件 1"}),
        ([FORM], [["c" * 64, "pdf", "报名表"]], {"附件 1"}),
        ([FORM, PLAN], [PLAN, FORM], {"附件 1"}),
        ([FORM, PLAN], [FORM, PLAN], set()),
    ],
)
def test_files_are_told_by_name_and_digest(before, after, told):
    assert set(changed({"attachments": before}, {"attachments": after})) == told


def test_a_file_of_the_same_name_is_told_by_its_digest():
    old, new = {"attachments": [FORM]}, {"attachments": [["c" * 64, "pdf", "报名表"]]}
    said = " ".join(f"{place.old} {place.new}" for place in places(BLANK | old, BLANK | new))
    assert "报名表.pdf（aaaaaaaaaaaa）" in said
    assert "报名表.pdf（cccccccccccc）" in said


def test_the_page_of_a_video_is_told():
    photo = ["a", "说明", "", ""]
    old, new = {"photos": [photo]}, {"photos": [[*photo, "https://video.example.cn/v/1"]]}
    assert set(changed(old, new)) == {"图 1 的视频页面"}
    assert set(changed(new, old)) == {"图 1 的视频页面"}
