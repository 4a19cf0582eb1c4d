"""Days in texts: how they are read, and which cannot be. The issue is of Friday 8 December 2023.

What could go wrong: an announcement taken for a mistake, a year guessed wrongly around New Year or
in a piece on history, the old calendar, numbers of houses, spans, full-width and Chinese digits.
"""

from datetime import date

import pytest

from issues.dryrun.mentions import mentions
from issues.dryrun.table import CHECKS
from tests.issues.test_dryrun import DAY, PHOTO, issue, piece, replace

FINDING = ("impossible_day", "wrong_weekday", "day_to_come")


def read(text: str, day: date = DAY) -> list[tuple]:
    return [(m.year, m.month, m.day) for m in mentions(text, day)]


def found(text: str, day: date = DAY, **more) -> list[str]:
    """Return which checks of days find something in a second paragraph."""
    spoilt = piece(words={"body": f"<p>石桥街道办起灯会。</p><p>{text}</p>"}, **more)
    facts = issue(spoilt, day=day)
    return [code for code in FINDING if list(CHECKS[code].find(facts))]


class TestReading:
    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("12月8日", [(2023, 12, 8)]),
            ("１２月８号", [(2023, 12, 8)]),
            (
                "十二月八日，十一月廿八日，十月三十一日",
                [(2023, 12, 8), (2023, 11, 28), (2023, 10, 31)],
            ),
            ("二〇二三年十二月八日", [(2023, 12, 8)]),
            ("去年12月30日到今年1月3日", [(2022, 12, 30), (2023, 1, 3)]),
            ("2021年3月1日至5月2日", [(2021, 3, 1), (2021, 5, 2)]),
            ("农历十月十五日", []),
            ("腊月十八日", []),
            ("12月3号楼", []),
            ("连续12个月，每8日一次", []),
            ("第12月3日", []),
            ("当年12月8日，又是次年3月1日", [(0, 12, 8), (0, 3, 1)]),
            ("2008年8月8日开幕。8月9日比赛。", [(2008, 8, 8), (0, 8, 9)]),
            ("2月29日", [(2024, 2, 29)]),
        ],
    )
    def test_days_as_texts_write_them(self, text, days):
        assert read(text) == days

    @pytest.mark.parametrize(
        ("issue_of", "text", "year"),
        [
            (date(2023, 12, 28), "1月3日", 2024),
            (date(2024, 1, 2), "12月30日", 2023),
            (date(2023, 12, 8), "6月1日", 2023),
            (date(2024, 1, 15), "6月1日", 2024),
            (date(2024, 1, 2), "1月1日", 2024),
        ],
    )
    def test_a_day_without_a_year_is_near_the_issue(self, issue_of, text, year):
        assert read(text, issue_of)[0][0] == year

    @pytest.mark.parametrize(
        ("text", "weekday"),
        [
            ("12月8日（星期五）", 5),
            ("12月8日周五", 5),
            ("12月8日（农历十月廿六，星期五）", 5),
            ("周六（12月9日）", 6),
            ("12月10日星期天", 7),
            ("12月9日周六福珠宝开业", 0),
            ("12月9日周围居民", 0),
            ("12月9日至10日（周六、周日）", 0),
            ("截至12月8日，周六的票已售完", 0),
        ],
    )
    def test_the_weekday_beside_a_day(self, text, weekday):
        assert mentions(text, DAY)[0].weekday == weekday


class TestImpossible:
    @pytest.mark.parametrize(
        "text",
        ["2月30日灯会。", "四月三十一日", "13月5日", "12月32日", "12月0日", "2023年2月29日",
         "12月30日至32日", "12月12日至10日"],
    )  # fmt: skip
    def test_days_that_no_calendar_has(self, text):
        assert found(text) == ["impossible_day"]

    @pytest.mark.parametrize(
        "text",
        [
            "2月28日",
            "2024年2月29日",
            "明年2月29日",
            "当年2月29日",
            "12月10日至12日",
            "11月30日—12月2日",
        ],
    )
    def test_days_that_are(self, text):
        assert found(text) == []

    def test_leap_day_far_from_a_leap_year(self):
        assert found("2月29日有集市。", date(2026, 3, 5)) == ["impossible_day"]


class TestWeekdays:
    @pytest.mark.parametrize(
        "text",
        ["12月8日（星期四）", "周五（12月9日）", "2008年8月8日星期六", "12月9日（上午9时，周日）",
         "十二月八日，周末；12月7日周五"],
    )  # fmt: skip
    def test_a_weekday_that_is_not_the_days(self, text):
        assert found(text) == ["wrong_weekday"]

    @pytest.mark.parametrize(
        "text",
        ["12月8日（星期五）", "2008年8月8日星期五", "1月3日（星期三）起", "当年12月8日星期四",
         "周六、周日（12月9日、10日）"],
    )  # fmt: skip
    def test_one_that_is_or_cannot_be_known(self, text):
        assert found(text) == []

    def test_it_says_which_day_it_is(self):
        facts = issue(piece(words={"body": "<p>12月7日（星期五）开幕。</p>"}))
        (wrong,) = CHECKS["wrong_weekday"].find(facts)
        assert "12月7日（星期五）" in wrong.sentence
        assert "星期四" in wrong.sentence


class TestNotComeYet:
    @pytest.mark.parametrize(
        "text",
        [
            "昨日（12月9日），灯会开幕。",
            "日前，记者12月11日在现场看到，灯已挂好。",
            "12月10日，街道举行了义诊。",
            "2032年12月7日，区里召开了会议。",
            "灯会已于12月15日闭幕。",
        ],
    )
    def test_what_is_told_as_past(self, text):
        assert found(text) == ["day_to_come"]

    @pytest.mark.parametrize(
        "text",
        [
            "12月10日起，18路延长末班车。",
            "报名12月20日截止。",
            "12月15日前可到社区登记。",
            "12月10日，社区将举行义诊。",
            "灯会定于12月16日开幕，昨日已开始布展。",
            "12月9日至12日，食堂试营业。",
            "昨日（12月7日），灯会开幕。",
            "明年1月3日，新学期开始报名。",
            "12月12日，义诊，欢迎居民参加。",
            "12月18日是约定的日子。",
        ],
    )
    def test_what_is_announced(self, text):
        assert found(text) == []

    def test_the_head_of_the_news_is_when_it_happened_but_not_that_of_a_notice(self):
        for body in (
            "<p>12月10日，石桥街道召开居民议事会。</p>",
            "<p>本报讯（记者 方念）12月10日，石桥街道召开居民议事会。</p>",
        ):
            of_news = list(CHECKS["day_to_come"].find(issue(piece(words={"body": body}))))
            notice = {"body": body, "kind": "notice"}
            of_notice = list(CHECKS["day_to_come"].find(issue(piece(words=notice))))
            assert (len(of_news), len(of_notice)) == (1, 0)

    def test_a_dateline_always_reports(self):
        text = "新华社天津12月10日电 全市将开通新线。"
        body = {"body": f"<p>{text}</p>"}
        assert list(CHECKS["day_to_come"].find(issue(piece(words=body))))
        dated = piece(dateline="本报12月10日讯")
        assert list(CHECKS["day_to_come"].find(issue(dated)))
        assert not list(CHECKS["day_to_come"].find(issue(piece(dateline="本报12月7日讯"))))

    def test_a_caption_tells_when_it_was_taken(self):
        late = replace(PHOTO, caption="12月10日，居民在阅览室看书。")
        assert list(CHECKS["day_to_come"].find(issue(piece(words={"pictures": (late,)}))))
