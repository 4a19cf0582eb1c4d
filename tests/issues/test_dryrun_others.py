"""Repetition, jumps, links, pictures, numbers: with made-up texts, nasty ones among them."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.dryrun.facts import Leaf, Past
from issues.dryrun.links import DESK, NOT_YET, is_outside, path_of
from issues.dryrun.prints import Among, Print, may_be_alike, packed, unpacked
from issues.dryrun.table import CHECKS
from tests.issues.test_dryrun import DAY, PHOTO, issue, piece, replace

STORY = (
    "石桥街道老厂房里的阅览室上周开门，三千册书是居民一本一本捐来的。管理员梁序说，第一天就借出去两百多本，"
    "最抢手的是连环画。每周二、周四晚上，退休教师苗青禾在这里教孩子们写毛笔字，不收钱，只要求把自己的桌子擦干净。"
    "阅览室的灯由街道出钱，炉子是对面铁匠铺送的，入冬以后，附近的老人也愿意来坐一坐。"
)
OTHER = (
    "供热管网巡检昨天结束，十一个换热站全部换上了新的压力表。检修班长邓可带着六个人走了四十公里管沟，"
    "补了三处焊缝，换了九个阀门。今年入户测温改成电话预约，住户说一个时间，师傅带着温度计上门，读数当场写在本子上。"
    "热力公司承诺，报修以后两小时内有人到，超过时间的，当月热费打九折。"
)


def found(code, facts):
    return list(CHECKS[code].find(facts))


def told(text, **more):
    return piece(words={"body": f"<p>{text}</p>"}, **more)


class TestDuplicates:
    def test_two_pieces_that_tell_the_same(self):
        facts = issue(told(STORY, title="甲"), told("前几天的事。" + STORY, title="乙", page=2))
        (again,) = found("duplicate", facts)
        assert again.piece.title == "乙"
        assert "《甲》" in again.sentence
        assert "100%" in again.sentence

    def test_a_story_told_again_names_the_day_and_how_alike(self):
        half = STORY[: len(STORY) * 7 // 10] + OTHER[: len(STORY) * 3 // 10]
        old = Past("老厂房里的灯", date(2023, 11, 18), Print(STORY))
        (again,) = found("duplicate", issue(told(half), past=(old,)))
        assert "11月18日" in again.sentence
        assert "《老厂房里的灯》" in again.sentence
        share = int(re.search(r"(\d+)%", again.sentence)[1])
        assert 60 <= share <= 72

    def test_other_stories_of_the_same_district_are_no_repetition(self):
        old = Past("供热管网", date(2023, 12, 1), Print(OTHER))
        assert found("duplicate", issue(told(STORY), past=(old,))) == []

    def test_marks_of_punctuation_and_width_hide_nothing(self):
        disguised = STORY.replace("，", " , ").replace("。", "\u3000")
        assert found("duplicate", issue(told(STORY), told(disguised, page=2)))

    def test_of_a_few_words_nothing_can_be_said(self):
        assert (
            found("duplicate", issue(told("灯会昨晚开幕。"), told("灯会昨晚开幕。", page=2))) == []
        )

    def test_a_correction_repeats_what_it_corrects(self):
        notice = piece(words={"body": f"<p>{STORY}</p>", "kind": "correction_notice"}, page=2)
        assert found("duplicate", issue(told(STORY), notice)) == []

    def test_a_brief_out_of_a_long_piece_is_found(self):
        long = OTHER * 3 + STORY
        facts = issue(told(STORY), past=(Past("长稿", date(2023, 12, 1), Print(long)),))
        assert len(found("duplicate", facts)) == 1

    @given(st.text("石桥街道老厂房阅览室灯会", min_size=60, max_size=400), st.data())
    def test_what_is_alike_is_never_passed_over_for_its_marks_when_it_is_the_same(self, text, data):
        cut = data.draw(st.integers(0, len(text) // 4))
        whole, part = Print(text), Print(text[cut:])
        if whole.share(part) == 100 and part.marks:
            assert may_be_alike(whole.marks, part.marks)

    def test_many_are_compared_at_once_as_they_would_be_one_by_one(self):
        texts = [STORY, OTHER, STORY[:80] + OTHER[:60], "灯会昨晚开幕。", OTHER * 2, ""]
        marks = [Print(text).marks for text in texts]
        for one in marks:
            near = {at for at, other in enumerate(marks) if may_be_alike(other, one)}
            assert set(Among(marks).near(one)) == near

    def test_marks_come_back_as_they_were_kept(self):
        marks = Print(STORY).marks
        assert unpacked(packed(marks)) == marks
        assert unpacked(memoryview(packed(frozenset()))) == frozenset()
        assert 0.15 < len(marks) / len(Print(STORY).runs) < 0.4


class TestJumps:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("（下转第3版）", "（上接第1版）"),
            ("下转３版", "上接第一版"),
            ("（下转第三版）", "（上接 第 1 版）"),
        ],
    )
    def test_two_halves_that_fit(self, first, second):
        facts = issue(told(f"灯亮了。{first}"), told(f"{second}人来了。", page=3))
        assert found("unpaired_jump", facts) == []

    def test_no_such_page_and_its_own_page(self):
        for words, hint in (("下转第9版", "没有第9版"), ("下转第1版", "本版")):
            (alone,) = found("unpaired_jump", issue(told(f"灯亮了。（{words}）")))
            assert hint in alone.sentence

    def test_a_half_without_the_other(self):
        pages = (Leaf(1, "第1版"), Leaf(3, "第3版"))
        (alone,) = found("unpaired_jump", issue(told("（下转第3版）"), pages=pages))
        assert "第3版" in alone.sentence
        (alone,) = found("unpaired_jump", issue(told("（上接第3版）"), pages=pages))
        assert alone.page == 1

    def test_the_other_half_on_another_page_is_named(self):
        facts = issue(told("（下转第3版）"), told("（上接第1版）", page=4), told("别的", page=3))
        first, second = found("unpaired_jump", facts)
        assert "第4版" in first.sentence
        assert second.page == 4

    def test_two_pieces_that_go_on_on_one_page_need_two_halves(self):
        twice = (told("（下转第3版）", title="甲"), told("（下转第3版）", title="乙"))
        once, both = told("（上接第1版）", page=3), told("（上接第1版）（上接第1版）", page=3)
        assert len(found("unpaired_jump", issue(*twice, once))) == 1
        assert found("unpaired_jump", issue(*twice, both)) == []

    def test_what_is_no_jump(self):
        assert found("unpaired_jump", issue(told("见第3版，接第2版，下转第3章。"))) == []


class TestLinks:
    HOSTS = frozenset({"news.example.cn"})

    @pytest.mark.parametrize(
        ("target", "path"),
        [
            ("/articles/7/", "/articles/7/"),
            ("https://news.example.cn/articles/7/#a", "/articles/7/"),
            ("https://NEWS.example.cn:443", "/"),
            ("//news.example.cn/x", "/x"),
            ("../8/", "/articles/8/"),
            ("mailto:a@example.cn", None),
            ("tel:110", None),
            ("#top", None),
            ("https://example.org/articles/7/", None),
            ("https://news.example.cn.example.org/", None),
            ("http://[", None),
        ],
    )
    def test_which_links_lead_to_us(self, target, path):
        assert path_of(target, self.HOSTS) == path
        assert is_outside(target, self.HOSTS) == ("example.org" in target or "[" in target)

    def test_a_page_that_residents_cannot_read(self):
        linked = piece(words={"body": '<p><a href="/a/">甲</a><a href="/b/">乙</a></p>'})
        facts = issue(linked, unanswered={"/a/": NOT_YET, "/b/": DESK})
        assert [each.detail for each in found("dead_link", facts)] == ["/a/", "/b/"]
        assert found("dead_link", issue(linked)) == []

    def test_links_to_others_are_named_once_for_a_piece(self):
        body = "".join(f'<p><a href="https://e{n}.example.org/">甲</a></p>' for n in range(5))
        (named,) = found("link_outside", issue(piece(words={"body": body})))
        assert "https://e0.example.org/" in named.sentence
        assert "e4" not in named.sentence


class TestPictures:
    def test_the_same_picture_in_two_pieces_and_twice_in_one(self):
        one = replace(PHOTO, digest="a" * 64)
        words = {"pictures": (one, replace(one, row=1))}
        twice = piece(words=words, title="甲")
        (again,) = found("same_picture", issue(twice))
        assert again.detail == "1"
        across = issue(piece(words={"pictures": (one,)}, title="甲"),
                       piece(words={"pictures": (one,)}, title="乙", page=2))  # fmt: skip
        (again,) = found("same_picture", across)
        assert (again.piece.title, "《甲》" in again.sentence) == ("乙", True)

    def test_files_that_are_still_being_made(self):
        facts = issue(piece(), unready=frozenset({f"{1:064x}"}))
        assert len(found("unready_picture", facts)) == 1


class TestNumbers:
    def test_an_earlier_issue_that_is_still_open(self):
        facts = issue(piece(), open_before=("12月7日的一期",))
        assert len(found("out_of_order", facts)) == 1
        assert found("out_of_order", replace(facts, number=5)) == []

    def test_numbers_run_with_the_dates(self):
        day = timedelta(days=1)
        right = issue(piece(), number=5, number_before=(4, DAY - day), number_after=(6, DAY + day))
        assert found("out_of_order", right) == []
        assert found("out_of_order", replace(right, number_before=(7, DAY - day)))
        assert found("out_of_order", replace(right, number_after=(4, DAY + day)))
        coming = replace(right, number=None, coming_number=7)
        (late,) = found("out_of_order", coming)
        assert "7" in late.sentence
        assert found("out_of_order", replace(coming, number_after=None)) == []
        assert found("out_of_order", replace(coming, takes_number=False)) == []

    def test_a_combined_issue_has_several_numbers_and_an_extra_may_have_none(self):
        facts = issue(piece(), title="第1289期", coming_number=1288, combines=2)
        assert found("misnamed", facts) == []
        assert found("misnamed", replace(facts, combines=1))
        extra = replace(facts, takes_number=False, coming_number=None)
        assert found("misnamed", extra) == []

    @pytest.mark.parametrize(("days", "told"), [(0, 0), (-1, 0), (1, 1), (-2, 1)])
    def test_the_hour_is_on_the_day_of_the_issue_or_the_evening_before(self, days, told):
        facts = issue(piece(), planned_day=DAY + timedelta(days=days))
        assert len(found("planned_day", facts)) == told

    @pytest.mark.parametrize(
        ("title", "count"),
        [("第1288期·灯会特刊", 0), ("总第1289期", 1), ("12月9日特刊", 1), ("12月8日特刊", 0),
         ("周六特刊", 1), ("星期五特刊", 0), ("周末特刊", 0), ("", 0), ("第1288期 12月9日", 1)],
    )  # fmt: skip
    def test_what_the_issue_is_called(self, title, count):
        facts = issue(piece(), title=title, coming_number=1288)
        assert len(found("misnamed", facts)) == count

    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("本报12月7日第1287期第2版《灯会》一文有误。", 0),
            ("本报12月6日第1287期第2版《灯会》一文有误。", 1),
            ("本报总第1300期将出合刊。", 1),
            ("今天出版的总第1287期有彩页。", 1),
            ("今天出版的总第1288期有彩页。", 0),
            ("第3期培训班12月9日开班。", 0),
            ("12月9日，第1287期体彩开奖。", 0),
        ],
    )
    def test_what_texts_call_the_issues(self, text, count):
        facts = issue(told(text), coming_number=1288, numbers={1287: date(2023, 12, 7)})
        assert len(found("misnamed", facts)) == count
