"""Years half typed: one of them once kept everybody out of the list of issues."""

from datetime import date

import pytest
from django.urls import reverse

from issues.models import Issue
from tests import factories
from tests.articles.desk_pages import address, signed_in, text

pytestmark = pytest.mark.django_db

YEARS = ["0001-01-01", "0202-12-08", "9999-12-31"]


@pytest.fixture
def cast():
    return factories.Cast()


def list_is_well(client) -> bool:
    pages = (reverse("admin:issues_issue_changelist"), reverse("admin:index"))
    return all(client.get(page).status_code == 200 for page in pages)


@pytest.mark.parametrize(
    ("day", "hour"), [(YEARS[0], "00:00"), (YEARS[1], "23:59"), (YEARS[2], "23:59")]
)
def test_a_plan_for_a_year_half_typed_is_refused_in_a_sentence(cast, day, hour):
    client = signed_in(cast.issue_editor)
    planned = factories.issue(cast)
    act = reverse("admin:issues_issue_act", args=[planned.pk, "replan"])
    sent = {"title": "元宵特刊", "planned_time_0": day, "planned_time_1": hour}
    assert "年份" in text(client.post(act, sent, follow=True))
    new = {"date": "2023-12-09", "sequence": 1, "pages": "要闻"} | sent
    assert "年份" in text(client.post(reverse("admin:issues_issue_add"), new))
    assert list_is_well(client)
    assert Issue.objects.get().planned_time is None


@pytest.mark.parametrize("day", YEARS)
def test_an_issue_of_a_year_half_typed_is_not_planned(cast, day):
    client = signed_in(cast.issue_editor)
    new = {"date": day, "sequence": 1, "pages": "要闻"}
    assert client.post(reverse("admin:issues_issue_add"), new).status_code == 200
    upload = {"date": day, "sequence": 1, "pasted": "第01版：要闻\n\n灯会开幕\n本报讯 昨晚开幕。\n"}
    answer = client.post(reverse("admin:issues_editionimport_add"), upload)
    if answer.status_code == 302:
        key = int(answer.url.strip("/").split("/")[-2])
        confirm = reverse("admin:issues_editionimport_confirm", args=[key])
        assert "年份" in text(client.post(confirm, {"seen": 0}, follow=True))
    assert not Issue.objects.exists()
    assert list_is_well(client)


@pytest.mark.parametrize("sequence", ["0", "100", "40000", "-1"])
def test_a_day_has_as_many_issues_as_it_has_addresses(cast, sequence):
    client = signed_in(cast.issue_editor)
    new = {"date": "2023-12-08", "sequence": sequence, "pages": "要闻"}
    assert client.post(reverse("admin:issues_issue_add"), new).status_code == 200
    assert not Issue.objects.exists()


@pytest.mark.parametrize("day", YEARS)
def test_nothing_goes_out_at_a_year_half_typed(cast, day):
    client = signed_in(cast.issue_editor)
    article = factories.approved(cast)
    client.post(address(article, "do", verb="publish_alone"), {"publish_alone-at": f"{day}T00:00"})
    closed = factories.closed_issue(cast, factories.approved(cast), day=date(2023, 12, 8))
    act = reverse("admin:issues_issue_act", args=[closed.pk, "schedule"])
    client.post(act, {"at_0": day, "at_1": "00:00"})
    assert list_is_well(client)
    for page in (address(article), reverse("admin:issues_issue_change", args=[closed.pk]), "/"):
        assert client.get(page).status_code == 200
