"""Old addresses: where they lead, what they never tell, and whom nobody can send away."""

import time
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from articles import workflow
from articles.models import Tag
from issues import workflow as issue_workflow
from newsroom.people.verdicts import RefusalError
from newsroom.readers import old_addresses, targets
from newsroom.readers.models import Redirect
from newsroom.readers.workflow.redirecting import lead_on, lead_pages_on, switch
from tests import factories

OLD = "/html/2023-12/08/content_123.htm"
DAY = date(2023, 12, 8)


@pytest.fixture
def cast(db):
    return factories.Cast()


def lead(cast, target, address=OLD, **more) -> Redirect:
    return lead_on(address, str(target), by=cast.issue_editor, **more)


def told(client, address, **how):
    """Return all an asker can see of an answer."""
    answer = client.get(address, **how)
    return answer.status_code, dict(answer.headers), answer.content, dict(answer.cookies)


# Where they lead


def test_an_old_address_leads_on_for_good_and_for_a_minute(client, cast):
    article = factories.live_alone(cast)
    lead(cast, article.pk)
    answer = client.get(OLD)
    assert (answer.status_code, answer.url) == (301, article.get_absolute_url())
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not answer.cookies
    assert client.head(OLD).status_code == 301
    for method in ("post", "put", "delete", "patch", "options"):
        assert getattr(client, method)(OLD).status_code == 404


def test_issues_pages_sections_and_lists_are_led_to(client, cast):
    factories.live_issue(cast, factories.approved(cast), day=DAY)
    for target, address in {
        "2023-12-08": "/issues/2023-12-08/",
        "2023-12-08/1": "/issues/2023-12-08/1/",
        "/issues/2023-12-08/1/": "/issues/2023-12-08/1/",
        "/sections/minsheng": "/sections/minsheng/",
        "/issues/2023/12/": "/issues/2023/12/",
        f"/correspondents/{cast.correspondent.pk}/": f"/correspondents/{cast.correspondent.pk}/",
        "/": "/",
    }.items():
        lead(cast, target)
        answer = client.get(OLD)
        assert (answer.status_code, answer.url) == (301, address), target
    assert Redirect.objects.count() == 1


@pytest.mark.parametrize(
    "asked",
    ["/HTML/2023-12/08/Content_123.HTM", f"{OLD}/", f"{OLD}?div=-1", f"{OLD}?DIV=-1&from=timeline",
     "/html//2023-12/08/content_123.htm", "/html/2023%2D12/08/content_123.htm"],
)  # fmt: skip
def test_spellings_of_an_address_meet(client, cast, asked):
    article = factories.live_alone(cast)
    lead(cast, article.pk)
    assert client.get(asked).headers.get("Location") == article.get_absolute_url()


def test_an_address_with_its_query_comes_before_the_one_without(client, cast):
    one, other = factories.live_alone(cast), factories.live_alone(cast)
    lead(cast, one.pk, "/read.asp?ID=7")
    lead(cast, other.pk, "http://epaper.example.cn/read.asp")
    assert client.get("/read.asp?id=7&div=-1").url == one.get_absolute_url()
    assert client.get("/read.asp?id=8").url == other.get_absolute_url()
    lead(cast, one.pk, "/要闻/一.htm")
    assert client.get("/要闻/一.htm").url == one.get_absolute_url()


def test_in_large_print_it_leads_to_large_print(client, cast):
    article = factories.live_alone(cast)
    lead(cast, article.pk)
    assert client.get(f"/large{OLD}").url == f"/large{article.get_absolute_url()}"
    lead(cast, "/issues/")
    assert client.get(f"/large{OLD}").url == "/large/issues/"


# What they never tell


def test_what_is_not_out_is_answered_as_if_nothing_led_there(client, cast):
    nothing = told(client, OLD)
    hidden = [
        factories.draft(cast).pk,
        factories.approved(cast).pk,
        factories.scheduled_alone(cast).pk,
        workflow.hold(factories.scheduled_alone(cast), by=cast.chief, because="核实").pk,
    ]
    early = factories.scheduled_alone(cast)
    workflow.withdraw(early, by=cast.chief, reason="撤", public_note=factories.SECRET)
    factories.scheduled_issue(cast, factories.approved(cast), day=DAY)
    tag = Tag.objects.create(name="暗渠口", kind="place")
    targets_ = [*hidden, early.pk, "2023-12-08", "2023-12-08/1", f"/tags/{tag.pk}/",
                "/issues/2023/12/", "/sections/minsheng/2023/"]  # fmt: skip
    for target in targets_:
        lead(cast, target)
        for how in ({}, {"headers": {"if-none-match": "*"}}):
            assert told(client, OLD, **how) == nothing, target


def test_not_out_costs_what_nothing_costs(client, cast):
    """As many statements, so that nobody learns of it by the time an answer takes."""

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get(OLD).status_code == 404
        return len(found)

    client.get(OLD)
    few = asked()
    for target in (factories.scheduled_alone(cast).pk, factories.draft(cast).pk):
        lead(cast, target)
        assert asked() == few == 2
    factories.closed_issue(cast, factories.approved(cast), day=DAY)
    lead(cast, "2023-12-08/1")
    assert asked() == few


def test_time_opens_it_without_anybody(client, cast):
    lead(cast, factories.scheduled_alone(cast, hours=0.4 / 3600).pk)
    assert client.get(OLD).status_code == 404
    time.sleep(0.5)
    assert client.get(OLD).status_code == 301


def test_what_was_withdrawn_leaves_its_tombstone_at_the_old_address_too(client, cast):
    article = factories.live_alone(cast, headline="撤下的标题")
    lead(cast, article.pk)
    workflow.withdraw(article, by=cast.chief, reason="内部原因", public_note="已核实有误。")
    answer = client.get(OLD)
    page = answer.content.decode()
    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "no-store"
    assert "已核实有误。" in page
    assert "内部原因" not in page
    assert factories.SECRET not in page


def test_switched_off_it_is_gone(client, cast):
    article = factories.live_alone(cast)
    nothing = told(client, OLD)
    made = lead(cast, article.pk)
    switch(made, by=cast.issue_editor, off=True)
    assert told(client, OLD) == nothing
    switch(made, by=cast.issue_editor, off=False)
    assert client.get(OLD).status_code == 301


# Attacks


@pytest.mark.parametrize(
    "target",
    ["https://evil.example.com/", "//evil.example.com/", "/\\evil.example.com/", "\\\\evil/",
     "javascript:alert(1)", "data:text/html,x", "/%2F/evil.example.com/",
     "/issues/\r\nSet-Cookie:x", "/issues/?next=//evil", "/issues/#x", "/admin/",
     "/preview/now/", "/nowhere/", "", "/articles/",
     "/static/site/site.css", "/healthz", "/articles/0/", "2023-02-30", "9" * 400, "/html/a.htm",
     "/issues/../admin/", "/large/issues/", "/%00/", "／issues／"],
)  # fmt: skip
def test_nobody_is_led_anywhere_but_to_pages_of_ours(cast, target):
    with pytest.raises(RefusalError):
        lead(cast, target)
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    "path", ["//evil.example.com/", "https://evil/", "/\\evil/", "/a\nb/", "javascript:x", "/a?b/"]
)
def test_the_database_refuses_other_sites_whoever_writes(cast, path):
    with pytest.raises(IntegrityError), transaction.atomic():
        Redirect.objects.create(address=OLD, path=path, made_by=cast.issue_editor)


@pytest.mark.parametrize(
    "address",
    ["/", "", "relative.htm", "/articles/12/", "/Articles/12", "/issues/2023-12-08/", "/admin/x",
     "/static/x.css", "/large/html/x.htm", "/large", "/sections/x/", "/corrections/", "//host/x",
     "/a\\b.htm", "/a/../b.htm", "/a\x00b", "/a b.htm", "/%00.htm", "/%ff%fe.htm", "/" + "a" * 301,
     "javascript:alert(1)", "/preview/x"],
)  # fmt: skip
def test_what_is_no_old_address_or_a_living_one_is_refused(cast, address):
    with pytest.raises(RefusalError):
        lead(cast, factories.live_alone(cast).pk, address)
    assert not Redirect.objects.exists()


def test_a_living_address_is_never_shadowed(client, cast):
    """Not even when the line is written past every check."""
    article = factories.live_alone(cast)
    other = factories.live_alone(cast)
    for address in (article.get_absolute_url()[:-1], "/issues", "/corrections"):
        Redirect.objects.create(address=address, article=other, made_by=cast.issue_editor)
    for address in (article.get_absolute_url(), "/issues/", "/corrections/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "asked",
    ["/" + "a" * 5000, "/x?" + "&".join(f"a{n}=1" for n in range(500)), "/a%00b", "/%ff%fe",
     "/a%0d%0aSet-Cookie:%20x", "/..%2f..%2fetc/passwd", "/\u202e/x", "/%F0%9F%98%80",
     "/%5c%5cevil", "/x?div=-1&%ff=%ff"],
)  # fmt: skip
def test_odd_addresses_are_simply_not_there(client, cast, asked):
    answer = client.get(asked)
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_no_chain_and_no_loop_can_be_written(cast):
    article = factories.live_alone(cast)
    lead(cast, article.pk)
    with pytest.raises(RefusalError):
        lead(cast, OLD, "/html/other.htm")
    with pytest.raises(RefusalError):
        lead(cast, OLD, OLD)


def test_only_planners_and_administrators_keep_old_addresses(cast):
    article = factories.live_alone(cast)
    for role, person in cast.by_role.items():
        if role in ("chief editor", "issue editor", "administrator"):
            assert lead_on(OLD, str(article.pk), by=person).article == article
        else:
            with pytest.raises(RefusalError):
                lead_on("/x/y.htm", str(article.pk), by=person)


def test_what_names_nothing_is_said_in_a_sentence(cast):
    for target, words in {
        "987654321": "没有编号为987654321的稿件",
        "2019-01-01": "没有2019-01-01这一期",
        "2023-12-08/9": "没有第9版",
    }.items():
        if target.startswith("2023"):
            factories.issue(cast, day=DAY)
        with pytest.raises(RefusalError, match=words):
            lead(cast, target)


# The pages of an issue


def test_all_pages_of_an_issue_are_led_on_at_once(client, cast):
    issue = factories.issue(
        cast, factories.approved(cast), day=DAY, pages=[(1, "要闻"), (2, "民生")]
    )
    done = lead_pages_on("2023-12-08", by=cast.issue_editor, before="/tjrb/html/")
    assert (done.new, done.changed, done.same) == (3, 0, 0)
    again = lead_pages_on("2023-12-08", by=cast.issue_editor, before="/tjrb/html")
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    assert client.get("/tjrb/html/2023-12/08/node_2.htm").status_code == 404
    second = factories.approved(cast)
    issue_workflow.place(issue, by=cast.issue_editor, article=second, page=2)
    issue_workflow.schedule(issue_workflow.close(issue, by=cast.issue_editor), by=cast.chief)
    assert client.get("/tjrb/html/2023-12/08/node_2.htm").url == "/issues/2023-12-08/2/"
    assert client.get("/tjrb/html/2023-12/08/").url == "/issues/2023-12-08/"


def test_what_is_kept_is_read_back_as_it_is():
    kept = old_addresses.read("/Read.ASP?b=2&A=1&div=-1#top")
    assert kept == "/read.asp?a=1&b=2" == old_addresses.read(kept)
    assert targets.read(" 2023-12-08-2/3 ").page == 3
