"""What the page of a topic shows on which of its pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.chaptering import told
from articles.markup import chapters
from articles.models import Article
from articles.public_pages import PER_PAGE
from tests import factories

pytestmark = pytest.mark.django_db


def grown(cast, count):
    topic = factories.lasting_live(cast, factories.topic(cast))
    for number in range(count):
        piece = factories.live_alone(cast, headline=f"第{number}篇")
        workflow.gather(topic, by=cast.editor, piece=piece, heading=("动工", "通行")[number % 2])
    return topic


def test_what_is_said_stands_on_the_first_page_and_headings_go_on(client):
    cast = factories.Cast()
    topic = grown(cast, PER_PAGE + 3)
    first = client.get(topic.get_absolute_url()).content.decode()
    second = client.get(f"{topic.get_absolute_url()}?page=2").content.decode()
    assert factories.SECRET in first
    assert factories.SECRET not in second
    assert "通行" in second
    assert "桥面开放" not in second
    assert (first.count("<h3"), second.count("<h3")) == (PER_PAGE, 3)
    assert client.get(f"{topic.get_absolute_url()}?page=3").status_code == 404


def test_it_costs_the_same_for_one_piece_and_for_twenty(client):
    cast = factories.Cast()
    topic = grown(cast, 1)
    addresses = [topic.get_absolute_url(), reverse("articles:topics")]

    def costs():
        with CaptureQueriesContext(connection) as asked:
            told_in = [client.get(each).content.decode() for each in addresses]
        return len(asked), told_in

    costs()
    few, _pages = costs()
    for number in range(19):
        piece = factories.live_alone(cast, headline=f"又{number}篇")
        workflow.gather(topic, by=cast.editor, piece=piece)
    many, pages = costs()
    assert few == many <= 6
    assert pages[0].count("<h3") == 20
    assert "20" in pages[1]


def test_a_chapter_with_nothing_to_say_or_show_is_left_out():
    html = "<p>引</p><h2>空</h2><h2>有话</h2><p>话</p>"
    assert [chapter.heading for chapter in told(html, [], 1)] == ["", "有话"]
    assert [chapter.heading for chapter in told(html, [], 2)] == [""]


def test_a_figure_ends_no_chapter():
    html = '<figure><picture><source srcset="a"><img src="b" alt=""></picture></figure><p>引</p>'
    assert chapters(f"{html}<h2>一</h2><p>二</p>") == [("", html), ("一", "<p>二</p>")]


def test_the_article_page_costs_no_more_for_its_topics(client):
    cast = factories.Cast()
    piece = factories.live_alone(cast)
    client.get(piece.get_absolute_url())
    with CaptureQueriesContext(connection) as before:
        client.get(piece.get_absolute_url())
    for slug in ("one", "two"):
        topic = factories.lasting_live(cast, factories.topic(cast, slug))
        workflow.gather(topic, by=cast.editor, piece=piece)
    with CaptureQueriesContext(connection) as after:
        page = client.get(piece.get_absolute_url()).content.decode()
    assert len(after) == len(before) <= 3
    assert all(each.get_absolute_url() in page for each in Article.objects.topics())
