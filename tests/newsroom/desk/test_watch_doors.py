"""The page of the watch, the look on demand, and what the workbench and the world are told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.desk import working
from newsroom.desk.models import Alarm, Check, Notice
from newsroom.desk.watch.comparing import Finding
from newsroom.people import clock
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db

MISSING = Finding("missing", "alarm", "/issues/2023-12-08/",
                  {"kind": "issue", "number": 12, "day": "2023-12-08", "status": 404})  # fmt: skip
PAGE, LOOK = "admin:watch", "admin:watch_look"


@pytest.fixture
def cast():
    return factories.Cast()


def checked(*findings, minutes=1, **fields) -> Check:
    state = "alarm" if findings else "ok"
    return Check.objects.create(
        at=clock.now() - timedelta(minutes=minutes), took=840, occasion="round", state=state,
        counts={"front": 1, "piece": 12}, wanted=13, findings=[f.kept() for f in findings],
        **fields,
    )  # fmt: skip


def jobs():
    return ProcrastinateJob.objects.filter(task_name="watch_now").count()


def test_before_the_first_check_the_page_says_so(cast):
    assert "还没有巡查过" in text(signed_in(cast.chief).get(reverse(PAGE)))


def test_a_good_check_is_one_sentence_with_its_hour(cast):
    checked()
    page = text(signed_in(cast.chief).get(reverse(PAGE)))
    assert "居民看到的与应当上线的一致" in page
    assert "稿件 12" in page
    assert 'class="banner stop"' not in page


def test_an_alarm_is_shown_with_what_to_do(cast):
    checked(MISSING)
    Alarm.objects.create(began_at=clock.now(), findings=[MISSING.kept()])
    for page in (reverse(PAGE), reverse("admin:index")):
        shown = text(signed_in(cast.chief).get(page))
        assert "居民看到的与应当上线的不一致" in shown, page
        assert "第12期" in shown


def test_the_workbench_of_others_shows_no_alarm(cast):
    checked(MISSING)
    for person in (cast.editor, cast.writer):
        shown = text(signed_in(person).get(reverse("admin:index")))
        assert "不一致" not in shown


def test_a_watch_that_fell_asleep_is_not_taken_for_good_news(cast):
    checked(minutes=16)
    page = text(signed_in(cast.chief).get(reverse(PAGE)))
    assert "没有再巡查" in page
    assert 'class="banner ok"' not in page


def test_an_issue_at_risk_is_shown_on_workbench_and_page(cast):
    factories.issue(cast, factories.draft(cast, headline="迟到的稿"),
                    planned_time=clock.now() + timedelta(minutes=30))  # fmt: skip
    for page in (reverse(PAGE), reverse("admin:index")):
        assert "迟到的稿" in text(signed_in(cast.issue_editor).get(page))


def test_a_look_on_demand_is_the_workers_business(cast, monkeypatch):
    monkeypatch.setattr(working, "is_silent", lambda _now: False)
    browser = signed_in(cast.chief)
    for _time in range(3):
        assert browser.post(reverse(LOOK)).status_code == 302
    assert jobs() == 1
    assert browser.get(reverse(LOOK)).status_code == 405


def test_a_look_just_after_a_look_asks_nobody(cast, monkeypatch):
    monkeypatch.setattr(working, "is_silent", lambda _now: False)
    checked(minutes=0.1)
    signed_in(cast.chief).post(reverse(LOOK))
    assert jobs() == 0


def test_without_a_worker_nobody_is_promised_a_look(cast):
    browser = signed_in(cast.chief)
    page = text(browser.post(reverse(LOOK), follow=True))
    assert "没有后台" in page
    assert jobs() == 0


def test_notices_of_an_alarm_lead_to_the_page_and_vanish_with_the_role(cast):
    alarm = Alarm.objects.create(began_at=clock.now(), findings=[MISSING.kept()])
    Notice.objects.create(
        recipient=cast.issue_editor, kind="alarm", alarm=alarm, hour=alarm.began_at,
        occasion=f"alarm {alarm.pk} missing",
    )  # fmt: skip
    browser = signed_in(cast.issue_editor)
    assert "第12期" in text(browser.get(reverse("admin:notices")))
    notice = Notice.objects.get()
    answer = browser.get(reverse("admin:notice_open", args=[notice.pk]))
    assert answer.url == reverse(PAGE)
    cast.issue_editor.groups.clear()
    assert not Notice.objects.to(cast.issue_editor).exists()


def test_strangers_words_stay_words(cast):
    """A Location header is what some server says; it reaches the page as text."""
    evil = Finding(
        "elsewhere", "alarm", "/", {"kind": "front", "location": "<script>alert(1)</script>"}
    )
    checked(evil)
    page = signed_in(cast.chief).get(reverse(PAGE)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# What the world is told


def told(client) -> tuple[int, dict]:
    answer = client.get("/watchz")
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()


def test_the_world_is_told_whether_residents_are_well_served_and_when_that_was_seen(client):
    good = checked()
    status, said = told(client)
    assert (status, said.keys(), said["state"]) == (200, {"state", "checked_at"}, "ok")
    assert (
        said["checked_at"][:16]
        == f"{clock.now() - timedelta(minutes=1) + timedelta(hours=8):%Y-%m-%dT%H:%M}"
    )
    checked(MISSING)
    assert told(client)[1]["state"] == "alarm"
    assert told(client)[0] == 503
    assert good.pk


def test_silence_is_no_good_news_for_the_world_either(client):
    assert told(client) == (503, {"state": "asleep", "checked_at": None})
    checked(minutes=16)
    assert told(client)[1]["state"] == "asleep"


def test_the_world_learns_nothing_of_a_coming_issue(client, cast):
    """An alarm at an hour before its hour would say that there is one."""
    checked()
    before = told(client)
    factories.issue(cast, factories.draft(cast), planned_time=clock.now() + timedelta(minutes=10))
    factories.scheduled_issue(
        cast, factories.approved(cast), hours=0.2, day=factories.date(2023, 12, 9)
    )
    assert told(client) == before


def test_the_answer_costs_no_page_and_asks_nobody_outside(
    client, django_assert_max_num_queries, settings
):
    settings.SITE_URL = "http://127.0.0.1:1"
    checked()
    with django_assert_max_num_queries(2):  # the check, and the database's clock once a minute
        told(client)
    assert client.post("/watchz").status_code == 405
