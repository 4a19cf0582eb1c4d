"""One instant, one masthead, one rule for caches."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Masthead
from articles.public_pages import seconds_fresh, sought
from newsroom.people.models import SiteSettings
from tests import factories

NOW = timezone.now()


@pytest.fixture
def cast(db):
    return factories.Cast()


@pytest.mark.parametrize(
    ("next_change", "seconds"),
    [
        (None, 60),
        (NOW + timedelta(hours=1), 60),
        (NOW + timedelta(seconds=59.9), 58),
        (NOW + timedelta(seconds=2), 1),
        (NOW + timedelta(seconds=1.9), 0),
    ],
)
def test_a_page_is_fresh_until_the_next_change_and_a_minute_at_most(next_change, seconds):
    assert seconds_fresh(SimpleNamespace(at=NOW, next_change=next_change)) == seconds


def test_caches_hear_of_the_next_scheduled_change(client, cast):
    page = factories.live_alone(cast).get_absolute_url()
    assert client.get(page).headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    factories.scheduled_alone(cast, hours=30 / 3600)
    for address in (page, "/", "/issues/", "/corrections/", "/sections/minsheng/"):
        kept = client.get(address).headers["Cache-Control"]
        assert 20 <= int(kept.removeprefix("public, max-age=0, s-maxage=")) < 30


def test_what_is_held_is_no_change_to_come(client, cast):
    held = factories.scheduled_alone(cast, hours=30 / 3600)
    workflow.hold(held, by=cast.chief, because="核实")
    assert client.get("/").headers["Cache-Control"] == "public, max-age=0, s-maxage=60"


def test_a_page_that_has_not_changed_is_not_sent_again(client, cast):
    page = factories.live_alone(cast).get_absolute_url()
    first = client.get(page)
    again = client.get(page, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"].startswith("public")
    SiteSettings.objects.update(hotline="000-0000 0000")
    changed = client.get(page, headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_a_withdrawn_page_is_not_confirmed_to_a_cache_that_has_it(client, cast):
    article = factories.live_alone(cast)
    tag = client.get(article.get_absolute_url()).headers["ETag"]
    workflow.withdraw(article, by=cast.chief, reason="错")
    answer = client.get(article.get_absolute_url(), headers={"if-none-match": tag})
    assert answer.status_code == 410


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_public_pages_are_read_and_nothing_else(client, cast, method):
    client.handler.enforce_csrf_checks = True
    page = factories.live_alone(cast).get_absolute_url()
    for address in (page, "/", "/issues/", "/articles/987654321/"):
        answer = getattr(client, method)(address)
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_head_is_a_page_without_its_text(client, cast):
    page = factories.live_alone(cast).get_absolute_url()
    head, whole = client.head(page), client.get(page)
    assert head.content == b""
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_just_before_a_change_nobody_is_told_that_nothing_has_changed(client, cast):
    """A proxy would take it for leave to keep its copy for as long again as it had before."""
    page = factories.live_alone(cast).get_absolute_url()
    etag = client.get(page).headers["ETag"]
    assert client.get(page, headers={"If-None-Match": etag}).status_code == 304
    factories.scheduled_alone(cast, hours=1.9 / 3600)
    etag = client.get(page).headers["ETag"]
    answer = client.get(page, headers={"If-None-Match": etag})
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=0"
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/articles/999999/", "/issues/1999-01-01/", "/sections/no/"])
def test_a_page_that_is_not_there_is_denied_at_the_instant_it_was_asked_at(
    client, cast, address, monkeypatch
):
    """The hour may come between two instants; the navigation would have a section more by then."""
    instants = []
    present = type(Masthead.objects.all()).present

    def noted(queryset):
        instants.append(1)
        return present(queryset)

    monkeypatch.setattr(type(Masthead.objects.all()), "present", noted)
    monkeypatch.setattr(Masthead.objects, "present", lambda: noted(Masthead.objects.all()))
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
    assert len(instants) == 1


def test_a_file_is_denied_at_the_instant_of_the_page_that_says_so(rf, cast):
    """Its hour comes after it was looked up and before the page was made: then it is there."""
    asked = []

    def find(at):
        asked.append(at)
        return "file" if at else None

    assert sought(rf.get("/photos/x/480.webp"), find) == ("file", None)
    assert asked[0] is None
    found, refusal = sought(rf.get("/photos/x/480.webp"), lambda at: None)
    assert (found, refusal.status_code, refusal.headers["Cache-Control"]) == (None, 404, "no-store")
