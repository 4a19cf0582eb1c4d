"""Reading without a network: what may be kept, what must go, and how all of it is taken back."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from newsroom.people.models import SiteSettings
from newsroom.readers import shelf
from tests import factories

pytestmark = pytest.mark.django_db
DIGEST = "a" * 64


@pytest.fixture
def cast():
    return factories.Cast()


def kept(client) -> dict:
    return client.get(reverse("readers:shelf")).json()


def switch_off():
    SiteSettings.objects.update_or_create(pk=1, defaults={"offline_reading": False})


def test_the_list_names_the_latest_issue_and_nothing_else(client, cast):
    old = factories.live_issue(cast)
    piece = factories.draft(cast)
    factories.with_photo(piece, DIGEST, width=2000)
    workflow.submit(piece, by=cast.writer)
    factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
    issue = factories.live_issue(cast, piece, day=old.date.replace(day=9))
    alone = factories.live_alone(cast)
    waiting = factories.scheduled_alone(cast)
    found = kept(client)
    assert found["pages"] == [
        "/",
        issue.get_absolute_url(),
        f"{issue.get_absolute_url()}1/",
        piece.get_absolute_url(),
    ]
    assert [each for each in found["files"] if "photos" in each] == [f"/photos/{DIGEST}/480.webp"]
    for other in (old, alone, waiting):
        assert other.get_absolute_url() not in found["pages"]
    assert {client.get(path).status_code for path in found["pages"]} == {200}
    assert all(finders.find(name) for name in shelf.DRESS)


def test_of_a_day_with_two_issues_both_are_kept(client, cast):
    first = factories.live_issue(cast)
    second = factories.live_issue(cast, sequence=2)
    pages = kept(client)["pages"]
    assert {first.get_absolute_url(), second.get_absolute_url()} <= set(pages)
    assert len(pages) == len(set(pages)) == 7


def test_its_mark_changes_with_whatever_could_be_withdrawn_from_a_page(client, cast):
    piece, other = factories.approved(cast), factories.approved(cast)
    factories.live_issue(cast, piece, other)
    alone = factories.live_alone(cast)
    marks = [kept(client)["mark"]]
    assert kept(client)["mark"] == marks[0]
    factories.signed_correction(cast, piece, wrong="三", right="四")
    marks.append(kept(client)["mark"])
    workflow.withdraw(alone, by=cast.chief, reason="失实。")
    marks.append(kept(client)["mark"])
    workflow.withdraw(other, by=cast.chief, reason="失实。")
    marks.append(kept(client)["mark"])
    assert other.get_absolute_url() not in kept(client)["pages"]
    workflow.reinstate(other, by=cast.chief, reason="核实。")
    assert other.get_absolute_url() in kept(client)["pages"]
    assert len(set(marks)) == len(marks)


def test_it_costs_three_statements_for_one_piece_and_for_twelve(client, cast):
    factories.live_issue(cast, factories.approved(cast))
    kept(client)
    with CaptureQueriesContext(connection) as few:
        kept(client)
    pieces = [factories.approved(cast) for _number in range(12)]
    factories.live_issue(cast, *pieces, sequence=2)
    with CaptureQueriesContext(connection) as many:
        assert len(kept(client)["pages"]) == 18
    assert len(many) == len(few) == 3


def test_however_large_an_issue_a_device_is_asked_for_little(client, cast, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_PAGES", 3)
    factories.live_issue(cast, *(factories.approved(cast) for _number in range(3)))
    assert len(kept(client)["pages"]) == 3


def test_the_worker_is_ours_and_never_kept(client):
    answer = client.get(reverse("readers:worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies
    assert len(answer.content) < 6000
    assert client.post(reverse("readers:worker")).status_code == 405


def test_it_does_not_touch_the_desk_previews_or_secret_links(client):
    """What is not named it leaves to the browser, and only what the list names is kept."""
    script = client.get(reverse("readers:worker")).content.decode()
    (pages,) = re.findall(r"PAGES = /(.+)/;", script)
    ours = re.compile(pages.replace(r"\/", "/"))
    for path in ("/", "/issues/2023-12-08/", "/articles/1/", "/large/articles/1/", "/offline/"):
        assert ours.match(path), path
    for path in (
        "/admin/", "/admin/articles/article/1/change/", "/preview/" + "x" * 43 + "/",
        "/newsletter/", "/newsletter/leave/" + "x" * 43 + "/", "/healthz", "/offline.json",
    ):  # fmt: skip
        assert not ours.match(path), path
    assert "admin" not in script


def test_switched_off_it_deletes_what_was_kept_and_itself(client, cast):
    factories.live_issue(cast)
    assert "site/offline.js" in client.get("/").content.decode()
    assert client.get(reverse("readers:offline")).status_code == 200
    switch_off()
    script = client.get(reverse("readers:worker")).content.decode()
    assert "caches.delete" in script
    assert "unregister" in script
    assert "fetch" not in script
    assert client.get(reverse("readers:shelf")).status_code == 404
    assert client.get(reverse("readers:offline")).status_code == 404
    assert "site/offline.js" not in client.get("/").content.decode()


def test_the_manifest_says_what_the_paper_is_called(client):
    answer = client.get(reverse("readers:manifest"))
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.json()["name"] == "棠溪时讯"
    assert finders.find(answer.json()["icons"][0]["src"].removeprefix("/static/"))
