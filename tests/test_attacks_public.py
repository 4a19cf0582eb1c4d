"""The public doors, tried by somebody on the internet who is not a browser."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from articles.markup import LONGEST_TEXT
from articles.models import Article
from tests import factories
from tests.articles.desk_pages import form_of, signed_in, text

pytestmark = pytest.mark.django_db

MADE_UP = "csrftoken=x; sessionid=abc; messages=x; django_language=en"
CHINESE = 'lang="zh-Hans"'


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def pages(cast):
    """An address behind every kind of public door."""
    piece = factories.live_alone(cast)
    photo = reverse("articles:photo", args=["a" * 64, "480.webp"])
    return ["/", piece.get_absolute_url(), "/articles/999999/", "/corrections/", "/issues/",
            photo, "/robots.txt", "/healthz", "/readyz", "/nowhere/", "/admin"]  # fmt: skip


def test_a_cookie_somebody_made_up_is_answered_with_nothing(cast, pages):
    for page in pages:
        plain = Client().get(page)
        answer = Client().get(page, headers={"cookie": MADE_UP})
        assert not answer.cookies, page
        assert "Vary" not in answer.headers, page
        assert answer.content == plain.content
        assert answer.headers.get("Cache-Control") == plain.headers.get("Cache-Control")


def test_who_is_signed_in_is_a_reader_like_any_other(cast, pages):
    editor = signed_in(cast.editor)
    cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in editor.cookies.items())
    for page in pages:
        answer = Client().get(page, headers={"cookie": cookies})
        assert answer.content == Client().get(page).content
        assert not answer.cookies


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_nothing_public_is_written_to(cast, pages, method):
    client = Client(enforce_csrf_checks=True)
    for page in pages:
        answer = getattr(client, method)(page)
        assert answer.status_code in (301, 404, 405), page
        assert not answer.cookies


@pytest.mark.parametrize("host", ["evil.example", "a b", "localhost@evil.example", "", "[::1"])
def test_a_host_that_is_not_ours_is_told_so_in_chinese(host):
    answer = Client().get("/", headers={"host": host})
    assert answer.status_code == 400
    assert CHINESE in text(answer)
    assert "evil" not in text(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_host_somebody_forwards_is_not_believed(cast, pages):
    forwarded = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    for page in pages:
        assert "evil.example" not in text(Client().get(page, headers=forwarded))


@pytest.mark.parametrize("path", ["/articles/%00/", "/%ff%fe", "/" + "a" * 3000,
                                  "/articles/٣/", "/sections/%27/", "/issues/٢٠٢٣/"])  # fmt: skip
def test_strange_addresses_lead_nowhere(path):
    answer = Client().get(path)
    assert answer.status_code == 404
    assert "evil.example" not in text(answer)


@pytest.mark.parametrize("page", ["0", "-1", "01", "1e3", "٣", "\0", "9" * 99, "", "x"])
def test_strange_page_numbers_lead_nowhere(cast, page):
    factories.live_alone(cast)
    section = reverse("articles:section", args=[cast.section.slug])
    for list_ in (section, "/corrections/"):
        assert Client().get(list_, {"page": page}).status_code == 404


def test_words_of_a_stranger_are_not_worked_on_for_long(cast):
    body = "<p>" + " " * (20 * LONGEST_TEXT) + "x</p>" + "<blockquote>" * LONGEST_TEXT
    started = time.monotonic()
    answer = Client().post(reverse("admin:articles_article_add"), {"headline": "题", "body": body})
    assert answer.status_code == 403
    assert time.monotonic() - started < 8


def test_a_text_longer_than_the_paper_is_refused_and_comes_back_whole(cast):
    body = f"<p>{'长' * LONGEST_TEXT}</p>"
    answer = signed_in(cast.writer).post(
        reverse("admin:articles_article_add"), form_of(Article(), headline="长文", body=body)
    )
    assert answer.status_code == 200
    assert "长" * LONGEST_TEXT in text(answer)
    assert not Article.objects.exists()
