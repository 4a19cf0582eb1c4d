"""Links of a text to pages of ours: which of them will answer when the issue is out."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles import workflow as writing
from issues.answering import own_hosts
from issues.findings import blocking
from newsroom.people.models import SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def dead(cast, *targets: str, **more) -> list[str]:
    """Return which of some links an issue would print that residents cannot follow."""
    links = "".join(f'<p><a href="{target}">见此</a></p>' for target in targets)
    piece = factories.approved(cast, body=f"<p>灯会昨晚开幕。</p>{links}")
    found = blocking(factories.issue(cast, piece, day=factories.date(2024, 1, 5), **more))
    return [each.key.split("/", 3)[3] for each in found if each.code == "dead_link"]


def test_pages_that_are_there(cast):
    live = factories.live_alone(cast)
    out = factories.live_issue(cast, factories.approved(cast))
    assert dead(
        cast, f"/articles/{live.pk}/", out.get_absolute_url(), f"{out.get_absolute_url()}1/",
        "/sections/minsheng/", f"/correspondents/{cast.correspondent.pk}/", "/", "/issues/",
        f"{settings.SITE_URL}/articles/{live.pk}/", "/corrections/", "mailto:a@example.cn",
    ) == []  # fmt: skip


def test_pages_that_are_not(cast):
    draft = factories.approved(cast)
    planned = factories.issue(cast, factories.approved(cast))
    out = factories.live_issue(cast, factories.approved(cast), day=factories.date(2023, 12, 1))
    gone = writing.withdraw(factories.live_alone(cast), by=cast.chief, reason="失实。")
    links = [
        f"/articles/{draft.pk}/", "/articles/999999/", f"/articles/{gone.pk}/",
        planned.get_absolute_url(), "/issues/1999-01-01/", f"{out.get_absolute_url()}9/",
        "/sections/no-such/", "/correspondents/999999/", "/nothing-here/",
        f"/{settings.ADMIN_PATH}/articles/article/",
    ]  # fmt: skip
    assert dead(cast, *links) == links


def test_what_goes_out_with_it_or_before_it_answers_by_then(cast):
    hour = timezone.now() + timedelta(hours=5)
    early, late = factories.scheduled_alone(cast, hours=1), factories.scheduled_alone(cast, hours=9)
    links = (f"/articles/{early.pk}/", f"/articles/{late.pk}/")
    assert dead(cast, *links, planned_time=hour) == [f"/articles/{late.pk}/"]


def test_pieces_of_one_issue_may_name_each_other(cast):
    one = factories.approved(cast)
    other = factories.approved(cast, body=f'<p><a href="/articles/{one.pk}/">见此</a></p>')
    assert blocking(factories.issue(cast, one, other)) == []


def test_our_names_are_those_of_the_settings_and_of_the_paper(cast):
    SiteSettings.objects.update(site_domain="News.Example.cn")
    assert "news.example.cn" in own_hosts()
    assert dead(cast, "https://news.example.cn/nothing/") == ["https://news.example.cn/nothing/"]
