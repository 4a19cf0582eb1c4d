"""Time publishes, not a worker: at its second an issue is there, whole, on every page."""

import re
import time
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Byline, Correspondent, Section
from issues import workflow as issue_workflow
from tests import factories
from tests.test_leaks import picture

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2023, 12, 8)


def pages(articles, entry, section):
    return {
        "front": reverse("issues:front"),
        "archive": reverse("issues:archive"),
        "year": reverse("issues:year", args=[DAY.year]),
        "month": reverse("issues:month", args=[DAY.year, DAY.month]),
        "issue": reverse("issues:issue", args=[f"{DAY}"]),
        "its page": reverse("issues:page", args=[f"{DAY}", 1]),
        "its second page": reverse("issues:page", args=[f"{DAY}", 2]),
        "section": reverse("articles:section", args=[section.slug]),
        "correspondent": reverse("articles:correspondent", args=[entry.pk]),
        **{f"piece {a.pk}": reverse("articles:article", args=[a.pk]) for a in articles},
    }


def freshness(response) -> int:
    """Return for how many seconds any cache may keep an answer without asking."""
    caching = response.headers["Cache-Control"]
    if "no-store" in caching:
        return 0
    windows = re.findall(r"(?:max-age|s-maxage|stale-while-revalidate)=(\d+)", caching)
    return max(map(int, windows))


@pytest.fixture
def edition():
    """Return an edition of two pages and three pieces, closed and without an hour."""
    cast = factories.Cast()
    factories.live_issue(cast, day=date(2022, 11, 1))
    section = Section.objects.create(name="水务", slug="shuiwu", position=9)
    entry = Correspondent.objects.create(name="纪无名")
    digest, articles = picture(), []
    for headline in ("暗渠改造动工", "水厂开放参观", "河长巡河记"):
        article = factories.draft(cast, headline=headline, section=section)
        factories.with_photo(article, digest)
        Byline.objects.filter(article=article).update(correspondent=entry)
        workflow.submit(article, by=cast.writer)
        articles.append(factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief))
    issue = factories.issue(cast, *articles[:2], day=DAY, pages=[(1, "要闻"), (2, "副刊")])
    issue_workflow.place(issue, by=cast.issue_editor, article=articles[2], page=2, weight="lead")
    issue_workflow.close(issue, by=cast.issue_editor)
    return cast, issue, articles, pages(articles, entry, section), digest


def test_an_issue_is_out_whole_at_its_second(edition):
    cast, issue, articles, addresses, digest = edition
    client = Client()
    photo = reverse("articles:photo", args=[digest, "480.webp"])
    hour = timezone.now() + timedelta(seconds=2 + 2 * round_trip(client, addresses))
    issue_workflow.schedule(issue, by=cast.chief, at=hour)

    for name, address in addresses.items():
        left = (hour - timezone.now()).total_seconds()
        response = client.get(address)
        assert "暗渠" not in words(response), name
        assert freshness(response) <= left, name
    assert client.get(photo).status_code == 404

    time.sleep(max(0, (hour - timezone.now()).total_seconds()) + 0.01)
    texts = {name: client.get(address) for name, address in addresses.items()}
    assert {name: page.status_code for name, page in texts.items() if page.status_code != 200} == {}
    shown = {name for name, page in texts.items() if "暗渠改造动工" in words(page)}
    assert shown >= {"front", "archive", "year", "month", "issue", "its page", "section"}
    for article in articles:
        assert article.headline in words(texts["issue"])
        assert article.headline in words(texts[f"piece {article.pk}"])
    picture_now = client.get(photo)
    assert (picture_now.status_code, len(b"".join(picture_now)) > 100) == (200, True)
    assert Article.objects.live().count() == 4


def round_trip(client, addresses) -> float:
    """Return how many seconds this machine takes to ask for every page once."""
    started = time.monotonic()
    for address in addresses.values():
        client.get(address)
    return time.monotonic() - started


def words(response) -> str:
    return re.sub(r"</?(?:wbr|span)\b[^>]*>", "", response.content.decode())


def test_a_hold_lifted_after_the_hour_lets_it_out_at_once(edition):
    cast, issue, _articles, addresses, _digest = edition
    hour = timezone.now() + timedelta(seconds=1)
    issue_workflow.schedule(issue, by=cast.chief, at=hour)
    issue_workflow.hold(issue, by=cast.chief, because="等通稿。")
    time.sleep(1.05)
    client = Client()
    assert client.get(addresses["issue"]).status_code == 404
    issue_workflow.lift_hold(issue, by=cast.chief)
    assert client.get(addresses["issue"]).status_code == 200
    issue.refresh_from_db()
    assert issue.release.publish_at > hour


def test_nothing_that_is_kept_outlives_the_next_change(edition):
    """Each page of the paper changes when the issue comes, and says so to every cache."""
    cast, issue, _articles, addresses, _digest = edition
    client = Client()
    assert freshness(client.get(addresses["front"])) > 30
    issue_workflow.schedule(issue, by=cast.chief, at=timezone.now() + timedelta(seconds=20))
    assert freshness(client.get(addresses["front"])) < 20
    issue_workflow.hold(issue, by=cast.chief, because="缓。")
    assert freshness(client.get(addresses["front"])) > 30
