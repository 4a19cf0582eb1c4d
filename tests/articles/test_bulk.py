"""One verb for many pieces: done to each by itself, refused by name, safe to click twice."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import bulk, workflow
from articles.models import Act, Article, Section, Tag
from issues.models import Page, Placement
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")
DOOR = reverse("admin:articles_article_many")


@pytest.fixture
def cast():
    return factories.Cast()


def do(user, verb: str, *articles, **more):
    """Press a button of the bar, with boxes ticked; return the page that follows."""
    chosen = {"verb": verb, "piece": [article.pk for article in articles], "query": "state=draft"}
    return signed_in(user).post(DOOR, chosen | more, follow=True)


def banner(answer) -> str:
    """Return what the banner says, without its markup."""
    [message] = answer.context["messages"]
    return re.sub(r"<[^>]+>", " ", str(message)).strip()


def states(*articles) -> list:
    for article in articles:
        article.refresh_from_db()
    return [(article.status, article.claimed_by) for article in articles]


def test_each_piece_is_claimed_or_refused_by_name(cast):
    mine = factories.submitted(cast, headline="甲")
    taken = factories.submitted(cast, headline="乙")
    workflow.claim(taken, by=cast.second_editor)
    drafted = factories.draft(cast, headline="丙")
    answer = do(cast.editor, "claim", mine, taken, drafted)
    told = banner(answer)
    assert "认领了 1 篇，另 2 篇没有认领" in told
    assert "《乙》：邓可已认领。" in told
    assert "《丙》：" in told
    assert states(mine, taken, drafted) == [
        ("in_review", cast.editor), ("in_review", cast.second_editor), ("draft", None)
    ]  # fmt: skip


def test_the_list_comes_back_as_it_was_asked_for(cast):
    answer = do(cast.editor, "claim", factories.submitted(cast))
    assert answer.redirect_chain == [(f"{LIST}?state=draft", 302)]
    astray = do(
        cast.editor, "claim", factories.submitted(cast), query="//evil.example/?x=1\r\nA: b"
    )
    assert astray.redirect_chain[0][0].startswith(f"{LIST}?")


def test_pieces_refused_for_one_reason_are_told_together(cast):
    one, other = factories.draft(cast, headline="甲"), factories.draft(cast, headline="乙")
    told = banner(do(cast.editor, "let_go", one, other))
    assert told.startswith("2 篇没有放回")
    assert "《甲》《乙》：" in told


def test_a_title_is_told_as_text(cast):
    told = do(cast.editor, "claim", factories.draft(cast, headline="<script>x</script>"))
    assert "<script>x" not in text(told)
    assert "&lt;script&gt;x" in text(told)


def test_a_second_click_repeats_nothing(cast):
    article = factories.draft(cast)
    for _time in range(2):
        answer = do(cast.editor, "discard", article, confirmed="1")
        assert banner(answer) == "弃用了 1 篇"
    assert Act.objects.filter(article=article, verb="discard").count() == 1


def test_discarding_asks_once_more(cast):
    article = factories.draft(cast, headline="甲")
    page = do(cast.editor, "discard", article)
    assert "甲" in text(page)
    assert 'name="confirmed"' in text(page)
    assert states(article) == [("draft", None)]


def test_handing_over_asks_to_whom_and_refuses_by_name(cast):
    mine = factories.submitted(cast, headline="甲")
    theirs = factories.signed_by(cast, factories.submitted(cast, headline="乙"), cast.editor)
    page = do(cast.editor, "hand_over", mine, theirs)
    assert cast.second_editor.name in text(page)
    assert cast.writer.name not in re.findall("<option[^>]*>([^<]*)", text(page))
    given = {"confirmed": "1", "to": cast.second_editor.pk}
    told = banner(do(cast.editor, "hand_over", mine, theirs, **given))
    assert "转交了 1 篇，另 1 篇没有转交" in told
    assert "《乙》：" in told
    assert states(mine, theirs) == [("in_review", cast.second_editor), ("in_review", None)]


@pytest.mark.parametrize("to", ["", "0", "abc", "9" * 30])
def test_handing_over_to_nobody_asks_again(cast, to):
    article = factories.submitted(cast)
    page = do(cast.editor, "hand_over", article, confirmed="1", to=to)
    assert "还没有做" in text(page)
    assert states(article) == [("in_review", None)]


def test_a_section_is_set_only_where_the_piece_may_be_changed(cast):
    other = Section.objects.create(name="教育", slug="jiaoyu")
    mine, closed = factories.draft(cast), factories.submitted(cast)
    body = mine.body
    told = banner(do(cast.editor, "file_in", mine, closed, confirmed="1", section=other.pk))
    assert "改了 1 篇的栏目，另 1 篇没有改" in told
    mine.refresh_from_db()
    closed.refresh_from_db()
    assert (mine.section, mine.revision, mine.body) == (other, 1, body)
    assert closed.section == cast.section


def test_a_tag_is_added_beside_others(cast):
    place, topic = Tag.objects.create(name="石桥"), Tag.objects.create(name="早市")
    article = factories.draft(cast)
    article.tags.add(place)
    do(cast.editor, "add_tag", article, confirmed="1", tag=topic.pk)
    assert set(article.tags.all()) == {place, topic}


def test_pieces_are_placed_on_a_page_by_who_may(cast):
    page = Page.objects.get(issue=factories.issue(cast))
    articles = [factories.draft(cast, headline=title) for title in "甲乙"]
    told = banner(do(cast.issue_editor, "place", *articles, confirmed="1", page=page.pk))
    assert told == "排上了 2 篇"
    assert Placement.objects.filter(page=page).count() == 2
    refused = banner(do(cast.editor, "place", factories.draft(cast), confirmed="1", page=page.pk))
    assert refused.startswith("1 篇没有排上")


def test_nothing_is_signed_by_the_pile(cast):
    article = factories.submitted(cast)
    page = text(signed_in(cast.editor).get(LIST))
    assert "签字要逐篇读过，不能成批签" in page
    assert do(cast.editor, "sign", article).status_code == 404
    assert not article.review.signatures.exists()


@pytest.mark.parametrize("verb", ["claim", "discard", "hand_over", "place", "submit", "file_in"])
def test_authors_do_nothing_by_the_pile(cast, verb):
    article = factories.draft(cast)
    answer = do(cast.writer, verb, article, confirmed="1")
    assert answer.status_code == 403
    assert states(article) == [("draft", None)]
    assert 'name="piece"' not in text(signed_in(cast.writer).get(LIST))


@pytest.mark.parametrize("role", ["issue editor", "administrator", "chief editor"])
def test_a_role_that_may_not_is_refused_piece_by_piece(cast, role):
    article = factories.submitted(cast)
    told = banner(do(cast.by_role[role], "claim", article))
    assert told.startswith("1 篇没有认领")
    assert states(article) == [("in_review", None)]


def test_the_door_opens_to_a_post_only(cast):
    assert signed_in(cast.editor).get(DOOR).status_code == 405


@pytest.mark.parametrize("keys", [[], ["abc", "-1", "1.5", ""], ["0"], ["9" * 400], ["٣"]])
def test_choosing_nothing_that_is_there_is_said(cast, keys):
    answer = signed_in(cast.editor).post(DOOR, {"verb": "claim", "piece": keys}, follow=True)
    assert banner(answer) == "还没有选稿件。"


def test_the_whole_list_can_be_chosen_up_to_a_bound(cast, monkeypatch):
    for number in range(3):
        factories.submitted(cast, headline=f"早市{number}")
    other = factories.submitted(cast, headline="别的")
    browser = signed_in(cast.editor)
    chosen = {"verb": "claim", "everything": "1", "query": "q=早市"}
    page = text(browser.post(DOOR, chosen))
    keys = re.findall(r'name="piece" value="(\d+)"', page)
    assert len(keys) == 3, "what was chosen is shown before it is done"
    assert Article.objects.filter(claimed_by=cast.editor).count() == 0
    asked = {"verb": "claim", "piece": keys, "query": "q=早市", "confirmed": "1"}
    assert banner(browser.post(DOOR, asked, follow=True)) == "认领了 3 篇"
    assert states(other) == [("in_review", None)]
    monkeypatch.setattr("articles.admin.many.MOST_AT_ONCE", 2)
    assert "一次最多 2 篇" in banner(browser.post(DOOR, chosen, follow=True))


@pytest.mark.parametrize("query", ["o=x&state=nonsense", "body__regex=(", "p=%00", "q=%00"])
def test_a_strange_list_is_no_error(cast, query):
    chosen = {"verb": "claim", "everything": "1", "query": query}
    assert signed_in(cast.editor).post(DOOR, chosen, follow=True).status_code in (200, 400)


def test_one_that_fails_stops_none_of_the_others(cast):
    articles = [factories.submitted(cast) for _number in range(3)]
    workflow.claim(articles[1], by=cast.second_editor)
    [verb] = [verb for verb in bulk.VERBS if verb.name == "claim"]
    outcome = bulk.run(verb, articles, by=cast.editor, data={})
    assert outcome.done == [articles[0], articles[2]]
    assert outcome.left == 1


def test_where_pieces_stand_costs_one_statement_for_all(cast):
    browser = signed_in(cast.editor)
    issue = factories.issue(cast, factories.draft(cast))

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert "12月8日 · 1版" in text(browser.get(LIST))
        return len(asked)

    one = statements()
    for _number in range(9):
        article = factories.draft(cast)
        Placement.objects.create(
            page=issue.pages.get(), article=article, position=article.pk, weight="normal"
        )
    assert statements() == one
