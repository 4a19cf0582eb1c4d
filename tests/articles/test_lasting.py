"""Pages and topics last at their names, and stand nowhere among the news."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import lasting_guards, workflow
from articles.models import Article, Byline, Correction, Masthead, Release
from issues import workflow as issue_workflow
from issues.models import Issue, Page, Placement
from issues.tray import unplaced
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "无处可列"


@pytest.fixture
def cast():
    return factories.Cast()


def planted(cast):
    """Let a page and a topic go out that have all that brings news into lists."""
    made = [
        factories.page(cast, headline=f"{WORDS}的页面", section=cast.section),
        factories.topic(cast, headline=f"{WORDS}的专题", section=cast.section),
    ]
    for article in made:
        Byline.objects.create(article=article, correspondent=cast.correspondent, position=0)
        factories.lasting_live(cast, article)
    return made


def test_no_list_of_news_has_a_page_or_a_topic(client, cast):
    factories.live_issue(cast, day=date(2022, 11, 1))
    addresses = [
        reverse("issues:front"),
        reverse("issues:archive"),
        reverse("articles:section", args=[cast.section.slug]),
        reverse("articles:correspondent", args=[cast.correspondent.pk]),
        reverse("articles:corrections"),
        reverse("issues:issue", args=["2022-11-01"]),
    ]
    before = [client.get(address).content.decode() for address in addresses]
    planted(cast)
    after = [client.get(address).content.decode() for address in addresses]
    assert [WORDS in page for page in after] == [False] * len(addresses)
    # All that is new anywhere is the way to the topics, in navigation and foot.
    assert [page.count("<article") for page in after] == [page.count("<article") for page in before]


def test_no_question_about_news_counts_one(cast):
    factories.live_alone(cast)
    questions = {
        "live": lambda: Article.objects.live().count(),
        "outside issues": lambda: Article.objects.live().outside_issues().count(),
        "section": lambda: Article.objects.live().in_section(cast.section).count(),
        "name": lambda: Article.objects.live().by_correspondent(cast.correspondent).count(),
        "use": lambda: Article.objects.use_made_since(timezone.now() - timedelta(days=9)),
        "tray": lambda: unplaced().count(),
        "corrections": lambda: Correction.objects.of_live_pieces().count(),
        "sections": lambda: Masthead.objects.present().sections,
    }
    before = {name: ask() for name, ask in questions.items()}
    planted(cast)
    factories.page(cast, "draft")
    assert {name: ask() for name, ask in questions.items()} == before


def test_residents_read_each_at_its_name_and_at_no_number(client, cast):
    for article in planted(cast):
        answer = client.get(article.get_absolute_url())
        assert answer.status_code == 200
        assert article.title in answer.content.decode()
        assert not answer.cookies
        assert client.get(reverse("articles:article", args=[article.pk])).status_code == 404
    page, topic = Article.objects.lasting().order_by("pk")
    assert client.get(reverse("articles:topic", args=[page.slug])).status_code == 404
    assert client.get(reverse("articles:page", args=[topic.slug])).status_code == 404


def test_the_property_and_the_question_agree_on_what_is_public(cast):
    now = timezone.now()
    page, topic = planted(cast)
    later = factories.topic(cast, "later")
    for signer in (None, cast.editor, cast.desk_head, cast.chief):
        if signer:
            workflow.sign(later, by=signer)
        else:
            workflow.submit(later, by=cast.second_editor)
    workflow.publish_alone(later, by=cast.chief, at=now + timedelta(hours=1))
    workflow.withdraw(page, by=cast.chief, reason="改版。")
    for at in (now - timedelta(days=1), timezone.now(), now + timedelta(hours=2)):
        for article in Article.objects.lasting().select_related("release"):
            assert article.is_live(at) == Article.objects.public(at).contains(article)


def test_withdrawn_it_leaves_its_tombstone_and_keeps_its_name(client, cast):
    page, topic = planted(cast)
    for article in (page, topic):
        workflow.withdraw(article, by=cast.chief, reason="改版。", public_note="内容已并入新页。")
        answer = client.get(article.get_absolute_url())
        assert answer.status_code == 410
        assert "内容已并入新页。" in answer.content.decode()
        assert factories.SECRET not in answer.content.decode()
    with pytest.raises(RefusalError):
        factories.page(cast, page.slug)


def test_a_name_is_given_once_and_given_up_by_what_was_discarded(cast):
    first = factories.page(cast, "about")
    with pytest.raises(RefusalError, match="网址"):
        factories.page(cast, "about")
    factories.topic(cast, "about")  # another kind is another address
    workflow.discard(first, by=cast.second_editor)
    factories.page(cast, "about")
    with pytest.raises(RefusalError):
        workflow.restore(first, by=cast.second_editor)


@pytest.mark.parametrize(
    "slug", ["", "About", "a b", "a/b", "-a", "a-", "关于", "a--b", "..", "a\n"]
)
def test_the_database_takes_no_name_that_is_none(cast, slug):
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.create(kind="page", slug=slug, filed_by=cast.editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.create(kind="news", slug="news", filed_by=cast.editor)


def test_a_name_stays_from_the_first_signature_on(cast):
    page = factories.page(cast)
    rename = Article.objects.filter(pk=page.pk).update
    assert rename(slug="contact") == 1
    workflow.submit(page, by=cast.second_editor)
    assert rename(slug="about") == 1
    workflow.sign(page, by=cast.editor)
    with pytest.raises(IntegrityError, match="first signature"), transaction.atomic():
        rename(slug="contact")
    workflow.return_(page, by=cast.desk_head, note="换个地址。")
    assert rename(slug="contact") == 1
    page.refresh_from_db()
    factories.lasting_live(cast, page)
    workflow.revise(page, by=cast.second_editor)
    with pytest.raises(IntegrityError, match="first signature"), transaction.atomic():
        rename(slug="about")


def test_news_never_becomes_a_page_nor_a_page_news(cast):
    news, page = factories.draft(cast), factories.page(cast)
    changes = (
        (news, {"kind": "topic", "slug": "x"}),
        (page, {"kind": "news", "slug": ""}),
        (page, {"kind": "topic"}),
    )
    for article, change in changes:
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            Article.objects.filter(pk=article.pk).update(**change)
    assert "stays" in lasting_guards.WHAT_LASTS_STAYS


def test_no_issue_takes_a_page(cast):
    page = factories.page(cast)
    issue = factories.issue(cast, factories.approved(cast))
    with pytest.raises(RefusalError, match="版面"):
        issue_workflow.place(issue, by=cast.issue_editor, article=page, page=1)
    leaf = Page.objects.get(issue=issue)
    with pytest.raises(IntegrityError, match="no issue"), transaction.atomic():
        Placement.objects.create(page=leaf, article=page, position=9)
    assert Issue.objects.count() == 1
    factories.lasting_live(cast, topic := factories.topic(cast))
    workflow.withdraw(topic, by=cast.chief, reason="改版。")
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=topic.pk).update(release=Release.objects.create())


def test_its_photograph_and_file_are_served_while_it_is_live(cast):
    page = factories.page(cast)
    photo, file = factories.with_photo(page), factories.with_attachment(page)
    factories.lasting_live(cast, page)
    version = page.sealed
    shown = type(version.photos.get()).objects.public(photo.digest)
    offered = type(version.attachments.get()).objects.public(page.pk, file.digest, "pdf")
    assert (shown.count(), offered.count()) == (1, 1)
    workflow.withdraw(page, by=cast.chief, reason="改版。")
    assert (shown.count(), offered.count()) == (0, 0)


def test_a_page_is_revised_like_any_piece_and_tells_when(client, cast):
    page, _topic = planted(cast)
    workflow.revise(page, by=cast.second_editor)
    page.body = "<p>电话改为四位。</p>"
    workflow.save(page, by=cast.second_editor, write=page.save)
    assert "电话" not in client.get(page.get_absolute_url()).content.decode()
    workflow.submit(page, by=cast.second_editor, change_note="更新电话。")
    factories.signed_by(cast, page, cast.editor, cast.desk_head, cast.chief)
    told = client.get(page.get_absolute_url()).content.decode()
    assert "电话改为四位。" in told
    assert "更新电话。" in told
    page.refresh_from_db()
    assert page.renewed_at == page.sealed.sealed_at > page.release.publish_at
    assert page.versions.count() == 2
    assert page.renewed_at.isoformat()[:10] in told


def test_pages_cost_four_statements_at_most(client, cast):
    page, topic = planted(cast)
    for address in (page.get_absolute_url(), reverse("articles:topics"), topic.get_absolute_url()):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        assert len(asked) <= 3, address


def test_the_search_finds_news_alone(cast):
    news = factories.live_alone(cast)
    planted(cast)
    year = f"'@{timezone.now():%Y}'"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id FROM articles_public_matching("
            "%s::tsquery, clock_timestamp(), '-infinity', 'infinity')",
            [year],
        )
        assert cursor.fetchall() == [(news.pk,)]
