"""Links to other sites are tried before an issue goes out, and the dry run says what came."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from issues.findings import findings
from issues.knocking import Knock, Problem
from issues.models import OutsideLink
from issues.trying import try_links
from newsroom.people.models import SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db
GOOD, GONE, LOST = "https://a.example.org/", "https://b.example.org/", "https://c.example.org/"
CAME = {GOOD: Knock(200), GONE: Knock(404), LOST: Knock(problem=Problem.UNKNOWN)}


@pytest.fixture
def issue():
    cast = factories.Cast()
    links = "".join(f'<p>见<a href="{link}">此处</a>。</p>' for link in (*CAME, "/articles/1/"))
    piece = factories.approved(cast, body=links)
    return factories.issue(cast, piece, day=timezone.localdate() + timedelta(days=1))


class Asking:
    """Answers as a stranger would, and remembers what was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, link):
        self.asked.append(link)
        return CAME[link]


def said(issue):
    found = [each for each in findings(issue) if each.code in ("link_outside", "link_silent")]
    assert not any(each.blocking for each in found)
    return {each.code: [*filter(lambda link: link in each.message, CAME)] for each in found}, found


def test_before_anybody_tried_them_all_are_named(issue):
    assert said(issue)[0] == {"link_outside": [*CAME]}


def test_each_is_tried_once_and_those_without_an_answer_are_named(issue):
    ask = Asking()
    assert try_links(ask=ask) == 3
    assert try_links(ask=ask) == 0
    assert sorted(ask.asked) == sorted(CAME)
    _codes, found = said(issue)
    assert sorted((each.code, GONE in each.message) for each in found) == [
        ("link_silent", False), ("link_silent", True),
    ]  # fmt: skip
    assert any("404" in each.message for each in found)


def test_what_was_found_is_true_for_some_days(issue):
    try_links(ask=Asking())
    OutsideLink.objects.update(asked_at=timezone.now() - timedelta(days=4))
    assert list(said(issue)[0]) == ["link_outside"]
    assert try_links(ask=Asking()) == 3


def test_a_round_that_breaks_off_has_lost_nothing(issue):
    ask = Asking()

    def break_at_the_second(link):
        if ask.asked:
            raise KeyboardInterrupt
        return ask(link)

    with pytest.raises(KeyboardInterrupt):
        try_links(ask=break_at_the_second)
    assert try_links(ask=ask) == 2


def test_the_newsroom_may_leave_it(issue):
    SiteSettings.objects.update(tries_outside_links=False)
    assert try_links(ask=Asking()) == 0


def test_issues_that_are_out_or_far_away_are_left_alone(issue):
    issue.date = date.today() + timedelta(days=40)
    issue.save()
    assert try_links(ask=Asking()) == 0


def test_a_link_gave_one_thing(issue):
    with pytest.raises(IntegrityError, match="status_or_a_problem"), transaction.atomic():
        OutsideLink.objects.create(
            address=GOOD, asked_at=timezone.now(), status=200, problem="silent"
        )
