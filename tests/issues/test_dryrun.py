"""The table of checks over made-up issues: a whole one is in order, and each fault is found.

What somebody who lays an issue out would try, and what could go wrong on the way:

- a piece slips in that lacks a signature, was withdrawn, is held, or belongs to another issue;
- what was signed is fine and a newer version waits; what stands now is fine and the signed is not;
- a page is empty, has no lead, or is too full by one character;
- a picture has no words, or a photo story no headline (which is right).
"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.checklist import Picture, Words
from articles.kinds import Kind
from issues.dryrun.facts import Facts, Leaf, Piece
from issues.dryrun.table import CHECKS, Level

DAY = date(2023, 12, 8)  # a Friday
PHOTO = Picture("居民看书。", "梁序 摄", "三位读者", number=7, digest="a" * 64)


def piece(number: int = 1, **more) -> Piece:
    """Return a piece that lacks nothing; ``words`` are changes of its words."""
    whole = {
        "headline": f"柳岸老厂房里开出图书馆之{number}",
        "body": f"<p>柳岸街道的老厂房亮起阅读灯，{'灯下坐满了人' * number}。</p>",
        "names": ("苗青禾",),
        "pictures": (replace(PHOTO, digest=f"{number:064x}"),),
    }
    words = Words(**whole | more.pop("words", {}))
    facts = {"title": words.headline or "无题", "page": 1, "article": None, "is_lead": True}
    return Piece(words=words, **facts | more)


def issue(*pieces: Piece, **more) -> Facts:
    """Return an issue that lacks nothing, with these pieces on its pages."""
    numbers = sorted({each.page for each in pieces}) or [1]
    leaves = tuple(Leaf(number, f"第{number}版", 800, 1000) for number in numbers)
    return Facts(**{"day": DAY, "pieces": pieces, "pages": leaves} | more)


def codes(facts: Facts) -> list[str]:
    """Return the codes of the checks that find something."""
    return [code for code, check in CHECKS.items() for _each in check.find(facts)]


WHOLE = issue(piece(1), piece(2, is_lead=False), piece(3, page=2))

# What is spoilt, and the checks that say so. Words first, then standing, pages.
SPOILT = {
    "no headline": (piece(words={"headline": " | "}), ["headline"]),
    "a photo story needs none": (piece(words={"headline": "", "kind": Kind.PHOTO_STORY}), []),
    "nobody named": (piece(words={"names": ()}), ["byline"]),
    "borrowed": (piece(words={"body": "<p>灯会昨晚开幕。（来源：棠溪发布）</p>"}), ["source"]),
    "borrowed and said so": (
        piece(words={"body": "<p>灯会昨晚开幕。（来源：棠溪发布）</p>", "source": "棠溪发布"}),
        [],
    ),
    "no caption": (piece(words={"pictures": (replace(PHOTO, caption=" "),)}), ["caption"]),
    "no credit": (piece(words={"pictures": (replace(PHOTO, credit=""),)}), ["credit"]),
    "no alternative text": (
        piece(words={"pictures": (replace(PHOTO, alternative_text=""),)}),
        ["alternative_text"],
    ),
    "unsigned": (piece(is_sealed=False), ["unsigned"]),
    "unsigned with a newer version": (piece(is_sealed=False, has_newer=True), ["unsigned"]),
    "signature taken back": (piece(lost_signature=True, has_newer=True), ["unsigned"]),
    "withdrawn": (piece(is_withdrawn=True), ["withdrawn"]),
    "held": (piece(is_held=True), ["held"]),
    "elsewhere": (piece(comes_elsewhere=True), ["elsewhere"]),
    "newer": (piece(has_newer=True), ["newer_version"]),
    "no lead": (piece(is_lead=False), ["no_lead"]),
    "no file": (piece(words={"pictures": (replace(PHOTO, is_there=False),)}), ["unready_picture"]),
    "goes on nowhere": (piece(words={"body": "<p>灯亮了。（下转第9版）</p>"}), ["unpaired_jump"]),
    "no such day": (piece(words={"body": "<p>2月30日，灯会开幕。</p>"}), ["impossible_day"]),
    "wrong weekday": (
        piece(words={"body": "<p>12月7日（星期五）灯会开幕。</p>"}),
        ["wrong_weekday"],
    ),
    "not come yet": (piece(words={"body": "<p>昨日（12月9日）灯会开幕。</p>"}), ["day_to_come"]),
    "links outside": (
        piece(words={"body": '<p>见<a href="https://example.org/">此处</a>。</p>'}),
        ["link_outside"],
    ),
}


def test_a_whole_issue_is_in_order():
    assert codes(WHOLE) == []


@pytest.mark.parametrize("name", SPOILT)
def test_each_fault_is_found_by_its_check_and_by_no_other(name):
    spoilt, expected = SPOILT[name]
    assert codes(issue(spoilt)) == expected


@given(st.lists(st.sampled_from(sorted(SPOILT)), max_size=6))
def test_faults_add_up_whatever_stands_beside_them(names):
    """Each spoilt piece on a page of its own brings its own findings and takes none away."""
    spoilt = [
        replace(
            SPOILT[name][0],
            page=number,
            title=f"{number}",
            words=replace(
                SPOILT[name][0].words,
                pictures=tuple(
                    replace(each, digest=f"{number + 100:064x}")
                    for each in SPOILT[name][0].words.pictures
                ),
            ),
        )
        for number, name in enumerate(names, start=3)
    ]
    found = codes(issue(*WHOLE.pieces, *spoilt))
    assert sorted(found) == sorted(code for name in names for code in SPOILT[name][1])


TOKENS = (
    "总第十十期 总第０期 本报总第99999999期 下转第十十版 上接第１版 9999年12月31日星期五 "
    "0000年1月1日 总第 第 期 版 农历 今年 去年 二〇二三年 年 月 日 号 2 29 31 13 １２ 十 三十 廿 "
    "〇 （ ） 至 — 、 ， 。 星期 周 六 日 天 昨日 将 起 了 举行了 讯 电 本报讯 灯会"
).split()
MARKS = st.lists(st.sampled_from(TOKENS), max_size=24).map("".join)


@given(MARKS, MARKS, st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_no_text_however_odd_stops_a_run(text, title, day):
    """A check that fails on press night would be worse than the fault it looks for."""
    words = {"body": f'<p>{text}</p><p><a href="{title}">见</a></p>', "headline": title}
    facts = issue(piece(words=words, dateline=text[:20]), piece(2, page=2), day=day, title=title)
    assert all(each.sentence for check in CHECKS.values() for each in check.find(facts))


def test_an_issue_without_a_piece_says_that_alone():
    assert codes(issue(pages=(Leaf(1, "第1版"), Leaf(2, "第2版")))) == ["empty"]


def test_pages_that_are_empty_or_too_full():
    pages = (Leaf(1, "第1版", 1001, 1000), Leaf(2, "第2版", 0, 1000), Leaf(3, "第3版", 9999, None))
    facts = issue(piece(), piece(2, page=3), pages=pages)
    assert codes(facts) == ["empty_page", "over_budget"]
    (over,) = CHECKS["over_budget"].find(facts)
    assert over.page == 1
    assert "1" in over.sentence


def test_what_was_left_out_is_told_and_asked_nothing_else():
    gone = piece(2, page=2, is_withdrawn=True, words={"names": ()})
    facts = issue(piece(), pages=(Leaf(1, "第1版"), Leaf(2, "第2版")), left_out=(gone,))
    assert codes(facts) == ["left_out"]


def test_two_corrections_of_one_piece_are_two():
    facts = issue(piece(), errata=(("旧稿", 1), ("旧稿", 1)))
    assert len({each.detail for each in CHECKS["correction_waits"].find(facts)}) == 2


def test_every_check_says_what_it_is_and_what_never_goes_out_is_fixed():
    assert all(str(check.label) for check in CHECKS.values())
    assert all(len(code) <= 20 for code in CHECKS)
    fixed = {code for code, check in CHECKS.items() if check.fixed}
    assert fixed == {"unsigned", "withdrawn", "held", "elsewhere", "empty"}
    assert {CHECKS[code].shipped for code in fixed} == {Level.BLOCK}
