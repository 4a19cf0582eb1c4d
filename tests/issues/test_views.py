"""The front page, the issues and their pages, the archive."""

import re
import time
from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import Correction
from issues import views
from issues import workflow as issue_workflow
from issues.models import Issue
from tests import factories

DAY = date(2023, 12, 8)
LIVE = "/issues/2023-12-08/"


@pytest.fixture
def cast(db):
    return factories.Cast()


def text(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def statements(client, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def settled(issue: Issue) -> Issue:
    """Check what the end of a transaction checks; a test is one long transaction."""
    connection.check_constraints()
    return issue


def issue_of(cast, *headlines, **fields) -> Issue:
    pieces = [factories.approved(cast, headline=headline) for headline in headlines]
    return factories.live_issue(cast, *pieces, **fields)


# The front page


def test_before_the_first_issue_the_front_page_asks_for_patience(client, cast):
    page = text(client, "/")
    assert "第一期正在编辑中" in page
    assert "总第" not in page


def test_the_front_page_is_the_live_issue_of_the_latest_date(client, cast):
    issue_of(cast, "后来的一期", day=date(2023, 12, 12))
    issue_of(cast, "晚到的旧一期", day=date(2023, 12, 1))
    page = text(client, "/")
    assert "2023年12月12日" in page
    assert re.search(r'class="lead.*?后来的', page, re.DOTALL)
    assert "12月1日" in page  # among the earlier issues


def test_the_second_issue_of_a_day_follows_the_first(client, cast):
    issue_of(cast, "早上的一期", day=DAY)
    issue_of(cast, "傍晚的一期", day=DAY, sequence=2)
    assert re.search(r'class="lead.*?傍晚的', text(client, "/"), re.DOTALL)
    assert "傍晚的" in text(client, "/issues/2023-12-08-2/")
    assert "傍晚的" not in text(client, LIVE)
    assert text(client, "/issues/2023/12/").count('class="has') == 1


def test_pieces_published_alone_since_the_issue_stand_above_it(client, cast):
    factories.live_alone(cast, headline="报前单发的")
    issue_of(cast, "本期头条")
    factories.live_alone(cast, headline="报后单发的")
    fresh = re.search(r'class="wrap fresh.*?</section>', text(client, "/"), re.DOTALL)[0]
    assert "单发的" in fresh
    assert "报后" in fresh
    assert "报前" not in fresh


def test_a_piece_published_alone_that_an_issue_carries_is_not_shown_twice(client, cast):
    issue_of(cast, "本期头条", day=DAY)
    alone = factories.live_alone(cast, headline="先发后登")
    assert 'class="wrap fresh' in text(client, "/")
    factories.live_issue(cast, alone, day=date(2023, 12, 1))
    assert 'class="wrap fresh' not in text(client, "/")


def test_a_piece_alone_stands_there_until_the_issue_that_carries_it_is_live(client, cast):
    alone = factories.live_alone(cast, headline="先发后登")
    factories.scheduled_issue(cast, alone, day=DAY)
    assert "先发" in re.search(r'class="wrap latest.*', text(client, "/"), re.DOTALL)[0]


def test_an_issue_goes_live_whole_by_the_clock(client, cast):
    pieces = [factories.approved(cast, headline=f"甲乙丙丁{n}") for n in range(3)]
    factories.scheduled_issue(cast, *pieces, hours=0.5 / 3600, day=DAY)
    assert client.get(LIVE).status_code == 404
    assert "甲乙丙丁" not in text(client, "/")
    time.sleep(0.6)
    page = text(client, LIVE)
    assert all(f"甲乙丙丁{n}" in page.replace("<wbr>", "") for n in range(3))


@pytest.mark.parametrize(
    "make", [factories.issue, factories.closed_issue, factories.scheduled_issue]
)
def test_an_issue_that_is_not_live_shows_nowhere(client, cast, make):
    make(cast, factories.approved(cast, headline="机密标题"), day=DAY)
    unknown = client.get("/issues/2019-01-01/")
    for address in (LIVE, f"{LIVE}1/", "/issues/2023/", "/issues/2023/12/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.content == unknown.content
    for address in ("/", "/issues/"):
        page = text(client, address)
        assert "机密" not in page
        assert "2023" not in page


def test_a_held_issue_shows_nowhere(client, cast):
    issue = factories.scheduled_issue(cast, factories.approved(cast), hours=0.5 / 3600, day=DAY)
    issue_workflow.hold(issue, by=cast.chief, because="核实")
    time.sleep(0.6)
    assert client.get(LIVE).status_code == 404


def test_a_withdrawn_piece_leaves_the_issue_and_its_count(client, cast):
    stays, goes = factories.approved(cast), factories.approved(cast, headline="撤下的标题")
    settled(factories.live_issue(cast, stays, goes, day=DAY))
    assert "本期2篇稿件" in text(client, LIVE)
    workflow.withdraw(goes, by=cast.chief, reason="错")
    for address in ("/", LIVE, f"{LIVE}1/", stays.get_absolute_url(), "/issues/"):
        assert "撤下的" not in text(client, address)
    assert "本期1篇稿件" in text(client, LIVE)


def test_an_issue_of_which_everything_is_withdrawn_still_answers(client, cast):
    piece = factories.approved(cast)
    settled(factories.live_issue(cast, piece, day=DAY))
    workflow.withdraw(piece, by=cast.chief, reason="错")
    for address in (LIVE, f"{LIVE}1/"):
        assert "这一版目前没有可以阅读的稿件" in text(client, address)
    text(client, "/")
    text(client, "/issues/")


def test_recent_corrections_stand_on_the_front_page(client, cast):
    piece = factories.approved(cast)
    factories.live_issue(cast, piece, day=DAY)
    correction = factories.correction(cast, piece, wrong="周二", right="周三")
    for signer in (cast.editor, cast.desk_head, cast.chief):
        assert "周三" not in text(client, "/")
        workflow.sign_correction(correction, by=signer)
    assert "<ins>“周三”</ins>" in text(client, "/")


def test_old_corrections_leave_the_front_page_and_stay_on_their_own(client, cast):
    piece = factories.approved(cast)
    factories.live_issue(cast, piece, day=DAY)
    factories.signed_correction(cast, piece, wrong="周二", right="周三")
    with pgtrigger.ignore():
        Correction.objects.update(signed_at=timezone.now() - timedelta(days=31))
    assert "周三" not in text(client, "/")
    assert "周三" in text(client, "/corrections/")


# Issues and pages


def test_an_issue_shows_its_pages_in_order_with_the_lead_first(client, cast):
    lead, other = factories.approved(cast, headline="头条在后"), factories.approved(cast)
    issue = factories.issue(cast, other, lead, day=DAY, pages=[(1, "要闻"), (2, "民生")])
    second = factories.approved(cast, headline="二版的稿")
    for piece, page, weight in ((lead, 1, "lead"), (second, 2, "normal")):
        issue_workflow.place(issue, by=cast.issue_editor, article=piece, page=page, weight=weight)
    issue_workflow.schedule(issue_workflow.close(issue, by=cast.issue_editor), by=cast.chief)
    page = text(client, LIVE).replace("<wbr>", "")
    leads = re.findall(r'<article class="first t">.*?<h3>(.*?)</h3>', page, re.DOTALL)
    assert ["头条在后" in leads[0], "二版的稿" in leads[1]] == [True, True]
    assert "二版的稿" in text(client, f"{LIVE}2/").replace("<wbr>", "")
    assert "头条在后" not in text(client, f"{LIVE}2/").replace("<wbr>", "")
    assert client.get(f"{LIVE}3/").status_code == 404


def test_issues_know_their_neighbours(client, cast):
    for day in (1, 5, 8):
        issue_of(cast, f"第{day}日", day=date(2023, 12, day))
    page = text(client, "/issues/2023-12-05/")
    assert re.search(r'href="/issues/2023-12-01/" rel="prev"', page)
    assert re.search(r'href="/issues/2023-12-08/" rel="next"', page)
    assert "本期已是最新" in text(client, LIVE)
    assert "本期是第一期" in text(client, "/issues/2023-12-01/")


def test_an_article_says_where_it_stands_in_print(client, cast):
    first, second = factories.approved(cast), factories.approved(cast)
    issue = factories.live_issue(cast, first, second, day=DAY)
    page = text(client, first.get_absolute_url())
    assert f"第{issue.number}期\u3000第1版\u3000要闻" in page
    assert f'href="{second.get_absolute_url()}" rel="next"' in page
    assert f'href="{first.get_absolute_url()}" rel="prev"' in text(
        client, second.get_absolute_url()
    )


def test_a_piece_alone_says_nothing_of_an_issue_to_come(client, cast):
    alone = factories.live_alone(cast)
    factories.scheduled_issue(cast, alone, day=DAY)
    page = text(client, alone.get_absolute_url())
    assert "见报" not in page
    assert "2023" not in page


# The archive


def test_the_archive_shows_years_and_months_that_have_issues_and_no_others(client, cast):
    issue_of(cast, "旧年的头条", day=date(2019, 3, 5))
    issue_of(cast, "新年的头条", day=date(2023, 12, 8))
    page = text(client, "/issues/")
    assert re.findall(r'href="/issues/(\d{4})/"', page) == ["2023", "2019"]
    assert set(re.findall(r'href="/issues/(\d{4}/\d\d)/"', page)) == {"2023/12", "2019/03"}
    assert "旧年的" in text(client, "/issues/2019/")
    assert "旧年的" in text(client, "/issues/2019/03/")
    for empty in ("/issues/2020/", "/issues/2019/04/", "/issues/2019/3/", "/issues/02019/"):
        assert client.get(empty).status_code == 404


def test_from_a_month_one_gets_to_the_next_that_has_an_issue(client, cast):
    for day in (date(1998, 1, 5), date(2019, 3, 5), date(2023, 12, 8)):
        issue_of(cast, "头条", day=day)

    def ways(page):
        found = dict(re.findall(r'href="/issues/([\d/]+)" rel="(prev|next)"', page))
        return {rel: to for to, rel in found.items()}

    assert ways(text(client, "/issues/")) == {"prev": "1998/01/"}
    assert ways(text(client, "/issues/2019/03/")) == {"prev": "1998/01/", "next": "2023/12/"}
    assert ways(text(client, "/issues/2019/")) == {"prev": "1998/", "next": "2023/"}
    assert ways(text(client, "/issues/1998/")) == {"next": "2019/"}
    assert ways(text(client, "/issues/2023/12/")) == {"prev": "2019/03/"}
    assert 'href="/issues/2019/"' in text(client, "/issues/2019/03/")


def test_every_issue_of_a_day_stands_on_it(client, cast, monkeypatch):
    issue_of(cast, "早上的头条", day=DAY, kind="combined", combines=2)
    issue_of(cast, "汛情", day=DAY, sequence=2, kind="extra", numbered=False, title="防汛号外")
    month = text(client, "/issues/2023/12/")
    monkeypatch.setattr(views, "LISTED", 1)
    whole_year = text(client, "/issues/2023/")
    for page in (month, whole_year):
        assert "第1—2期" in page
        assert "防汛号外" in page
        assert page.count('href="/issues/2023-12-08/"') == 1
        assert page.count('href="/issues/2023-12-08-2/"') == 1
        assert "共2期" in page
    assert "12月8日 星期五" in month
    assert 'aria-label="12月8日，第1—2期"' in whole_year
    assert "<small>号外</small>" in whole_year


def test_a_year_is_a_list_or_of_many_issues_a_table_for_each_month(client, cast, monkeypatch):
    issue_of(cast, "二月的头条", day=date(2023, 2, 5))
    issue_of(cast, "头条", day=DAY)
    page = text(client, "/issues/2023/")
    assert "二月的" in page
    assert page.index("2023年2月") < page.index("2023年12月")
    assert "<table" not in page
    monkeypatch.setattr(views, "LISTED", 1)
    page = text(client, "/issues/2023/")
    assert "二月的" not in page
    captions = re.findall(r'<caption><h2><a href="/issues/(2023/\d\d)/">', page)
    assert captions == ["2023/02", "2023/12"]
    assert page.count('<th scope="col" abbr="星期一">') == 2


def test_the_archive_counts_what_can_be_read_and_nothing_else(client, cast):
    issue_of(cast, "头条", day=DAY)
    factories.issue(cast, factories.approved(cast), day=date(2022, 1, 3))
    factories.closed_issue(cast, factories.approved(cast), day=date(2023, 12, 9))
    held = factories.scheduled_issue(cast, factories.approved(cast), day=date(2023, 12, 12))
    issue_workflow.hold(held, by=cast.chief, because="核实")
    factories.scheduled_issue(cast, factories.approved(cast), day=date(2023, 11, 8))
    factories.cancelled_issue(cast, day=date(2023, 10, 10))
    assert "已出1期" in text(client, "/issues/")
    assert "共1期" in text(client, "/issues/2023/")
    assert "共1期" in text(client, "/issues/2023/12/")
    for hidden in ("/issues/2022/", "/issues/2023/11/", "/issues/2023/10/", "/issues/2022/01/"):
        assert client.get(hidden).status_code == 404
        assert hidden not in text(client, "/issues/") + text(client, "/issues/2023/")


def test_the_archive_names_every_other_way_in(client, cast):
    issue_of(cast, "头条", day=DAY)
    for address in ("/issues/", "/issues/2023/", "/issues/2023/12/"):
        page = text(client, address).partition('id="ways"')[2]
        for way in ("/search/", "/correspondents/", "/tags/", "/corrections/"):
            assert f'href="{way}"' in page
        assert re.search(r'href="/sections/\w+/"', page)
        assert 'href="/topics/"' not in page  # there is none
    factories.lasting_live(cast, factories.topic(cast))
    assert 'href="/topics/"' in text(client, "/issues/").partition('id="ways"')[2]


def test_two_months_of_a_weekly_and_one_of_a_daily_paper_are_shown_at_first(
    client, cast, monkeypatch
):
    issue_of(cast, "头条", day=date(2023, 11, 8))
    issue_of(cast, "头条", day=DAY)
    assert text(client, "/issues/").count('class="month"') == 2
    monkeypatch.setattr(views, "MANY", 1)
    assert text(client, "/issues/").count('class="month"') == 1


def test_the_archive_says_so_when_it_is_empty(client, cast):
    assert "还没有出过报" in text(client, "/issues/")


@pytest.mark.parametrize(
    "address",
    ["/issues/2023-02-30/", "/issues/2023-12-08-1/", "/issues/2023-12-08-0/", "/issues/0000-01-01/",
     "/issues/2023-12-08/0/", "/issues/2023-12-08/01/", "/issues/2023/13/", "/issues/2023/00/"],
)  # fmt: skip
def test_days_and_pages_that_do_not_exist_are_not_found(client, cast, address):
    issue_of(cast, "头条", day=DAY)
    assert client.get(address).status_code == 404


# Cost


def test_pages_of_issues_cost_the_same_for_one_piece_and_for_twenty(client, cast):
    factories.live_issue(cast, factories.approved(cast), day=date(2023, 12, 1))
    addresses = ["/", "/issues/", "/issues/2023/", "/issues/2023/12/"]
    one = {path: statements(client, path) for path in addresses}
    one_issue = [statements(client, f"/issues/2023-12-01/{page}") for page in ("", "1/")]
    factories.live_issue(cast, *(factories.approved(cast) for _ in range(20)), day=DAY)
    for _ in range(3):
        factories.live_alone(cast)
    assert {path: statements(client, path) for path in addresses} == one
    assert [statements(client, f"{LIVE}{page}") for page in ("", "1/")] == one_issue
    assert max(*one.values(), *one_issue) <= 4


def test_an_article_costs_the_same_beside_twenty_others(client, cast):
    pieces = [factories.approved(cast) for _ in range(20)]
    factories.live_issue(cast, *pieces, day=DAY)
    assert statements(client, pieces[0].get_absolute_url()) == 3


def test_an_issue_and_a_page_tell_search_engines_what_leads_them(client, cast):
    lead = factories.approved(cast, headline="“石桥”|<b>合龙</b>")
    issue = factories.live_issue(cast, lead)
    for address in (issue.get_absolute_url(), f"{issue.get_absolute_url()}1/"):
        page = client.get(address).content.decode()
        told = re.search(r'<meta name="Description" content="([^"]*)">', page)[1]
        assert "“石桥”&lt;b&gt;合龙&lt;/b&gt;" in told
