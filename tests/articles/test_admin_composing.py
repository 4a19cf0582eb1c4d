"""Pages and topics through the desk: composed by editors, arranged without a script."""

import pytest
from django.urls import reverse

from articles import workflow
from articles.models import Article, FootPlace, TopicEntry
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def filled(**fields) -> dict:
    begun = Article(kind="page", headline="关于本报", body="<p>一张报纸。</p>")
    typed = form_of(begun) | {"slug": "about"} | fields
    return {name: value for name, value in typed.items() if not name.startswith("bylines")}


def adding(kind: str) -> str:
    return f"{reverse('admin:articles_article_add')}?kind={kind}"


def test_an_editor_composes_a_page_and_hands_it_in(cast):
    desk = signed_in(cast.editor)
    form = text(desk.get(adding("page")))
    assert 'name="slug"' in form
    assert 'name="section"' not in form
    assert "bylines-TOTAL_FORMS" not in form
    answer = desk.post(adding("page"), filled() | {"_verb": "submit"})
    page = Article.objects.pages().get()
    assert (page.slug, page.status, page.filed_by) == ("about", "in_review", cast.editor)
    assert answer.status_code == 302
    assert "关于本报" in text(desk.get(address(page, "preview")))
    again = desk.post(adding("page"), filled(headline="另一页"))
    assert again.status_code == 200
    assert "网址" in text(again)
    assert Article.objects.pages().count() == 1


def test_nobody_else_composes_by_any_field_or_address(cast):
    for person in (cast.writer, cast.issue_editor, cast.administrator):
        desk = signed_in(person)
        assert desk.get(adding("page")).status_code == 403
        assert desk.post(adding("topic"), filled()).status_code == 403
    desk = signed_in(cast.writer)
    smuggled = form_of(Article(headline="题", body="<p>文</p>", section=cast.section))
    desk.post(reverse("admin:articles_article_add"), smuggled | {"kind": "page", "slug": "about"})
    draft = factories.draft(cast)
    desk.post(address(draft), form_of(draft, kind="topic", slug="about"))
    desk.post(address(draft), form_of(draft, headline="换了题目", slug="about"))
    assert not Article.objects.lasting().exists()
    assert not Article.objects.exclude(slug="").exists()


def test_a_name_that_stays_is_shown_and_not_changed(cast):
    page = factories.lasting_live(cast, factories.page(cast))
    workflow.revise(page, by=cast.editor)
    desk = signed_in(cast.editor)
    typed = filled(slug="other", headline="新的题目", read_revision=page.revision)
    answer = desk.post(address(page), typed)
    page.refresh_from_db()
    assert (answer.status_code, page.slug, page.headline) == (302, "about", "新的题目")


def test_a_name_alone_is_a_change_that_is_saved(cast):
    page = factories.page(cast)
    typed = filled(slug="us", body=page.body, read_revision=page.revision)
    assert signed_in(cast.editor).post(address(page), typed).status_code == 302
    page.refresh_from_db()
    assert page.slug == "us"


def test_a_topic_is_arranged_by_buttons(client, cast):
    topic = factories.lasting_live(cast, factories.topic(cast))
    pieces = [factories.live_alone(cast, headline=f"修桥第{number}天") for number in (1, 2)]
    desk, here = signed_in(cast.editor), reverse("admin:articles_article_topic", args=[topic.pk])
    assert "修桥第1天" in text(desk.get(here, {"q": "修桥第1"}))
    assert "修桥第2天" in text(desk.get(here, {"q": str(pieces[1].pk)}))

    def press(verb, **sent):
        to = reverse("admin:articles_article_arrange", args=[topic.pk, verb])
        assert desk.post(to, sent).status_code == 302

    for piece in pieces:
        press("gather", piece=piece.pk, heading="动工")
    press("order_topic", order="editors")
    press("arrange", piece=pieces[1].pk, step="up")
    order = list(TopicEntry.objects.of_topic(topic.pk).values_list("article", flat=True))
    assert order == [pieces[1].pk, pieces[0].pk]
    press("put_under", piece=pieces[0].pk, heading="通行")
    press("put_under", piece=pieces[0].pk, heading="没有的小标题")
    assert "没有这个小标题" in text(desk.get(here))
    press("let_go_of", piece=pieces[1].pk)
    press("end_topic")
    left = TopicEntry.objects.get()
    assert (left.article, left.heading) == (pieces[0], "通行")
    shown = text(client.get(topic.get_absolute_url()))
    assert [piece.get_absolute_url() in shown for piece in pieces] == [True, False]
    assert pieces[0].get_absolute_url() in text(desk.get(address(topic, "preview")))
    to = reverse("admin:articles_article_arrange", args=[topic.pk, "end_topic"])
    assert desk.get(to).status_code == 405


def test_correspondents_find_no_topic_in_the_desk_even_with_their_piece_in_it(cast):
    topic, piece = factories.topic(cast), factories.draft(cast)
    workflow.gather(topic, by=cast.editor, piece=piece)
    desk = signed_in(cast.writer)
    assert desk.get(reverse("admin:articles_article_topic", args=[topic.pk])).status_code == 404
    assert desk.get(reverse("admin:articles_article_composed")).status_code == 403
    to = reverse("admin:articles_article_arrange", args=[topic.pk, "let_go_of"])
    assert desk.post(to, {"piece": piece.pk}).status_code == 404
    assert TopicEntry.objects.exists()


def test_the_foot_is_arranged_where_pages_are_listed(cast):
    page = factories.page(cast)
    desk, listed = signed_in(cast.desk_head), reverse("admin:articles_article_composed")
    assert "关于本报" in text(desk.get(listed))
    for verb, sent in (("put_in_foot", {}), ("move_in_foot", {"step": "first"})):
        desk.post(reverse("admin:articles_article_foot", args=[page.pk, verb]), sent)
    assert FootPlace.objects.get().page == page


def test_a_piece_is_gathered_from_its_own_page_by_those_who_may(cast):
    piece, other = factories.draft(cast), factories.page(cast)
    open_, ended = factories.topic(cast), factories.topic(cast, "ended", headline="旧桥已拆")
    workflow.end_topic(ended, by=cast.editor)
    read = address(piece, "read")
    door = reverse("admin:articles_article_arrange", args=[open_.pk, "gather"])
    desk = signed_in(cast.editor)
    shown = text(desk.get(read))
    assert door in shown
    assert ended.title not in shown
    assert 'id="topics"' not in text(desk.get(address(other, "read")))
    assert 'id="topics"' not in text(signed_in(cast.writer).get(read))
    assert door not in text(signed_in(cast.administrator).get(read))
    desk.post(door, {"piece": piece.pk})
    assert TopicEntry.objects.get().article == piece
    shown = text(desk.get(read))
    assert reverse("admin:articles_article_topic", args=[open_.pk]) in shown
    assert door not in shown


def test_who_is_an_editor_no_more_sees_no_topic_they_filed(cast):
    topic = factories.topic(cast, filed_by=cast.second_editor)
    door = reverse("admin:articles_article_topic", args=[topic.pk])
    assert signed_in(cast.second_editor).get(door).status_code == 200
    cast.second_editor.groups.set(cast.writer.groups.all())
    assert signed_in(cast.second_editor).get(door).status_code == 404
