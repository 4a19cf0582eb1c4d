"""Large print is the same pages at other addresses: nothing leads out of it, nothing mixes."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_script_prefix, resolve, reverse

from articles import workflow
from articles.looks import Look
from articles.models import Article
from articles.public_pages import PER_PAGE
from tests import factories
from tests.articles.desk_pages import text
from tests.test_leaks import FILES

pytestmark = pytest.mark.django_db
LOOKS = [
    f"/large/{size}{colours}"
    for size in ("", "extra/")
    for colours in ("", "white-on-black/", "yellow-on-black/")
]
# What one look may have in another's page: ways to the other sizes and colours, and out of it.
CHOICES = re.compile(r'<nav[^>]*class="looks?"[\s\S]*?</nav>|<a[^>]*\brel="alternate"[^>]*>')


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def pages(cast):
    """A page behind every kind of door, by its plain address."""
    first = factories.approved(cast)
    linking = f'<p>见<a href="{first.get_absolute_url()}">前文</a>，{factories.SECRET}。</p>'
    factories.with_photo(second := factories.draft(cast, body=linking))
    factories.with_attachment(second)
    workflow.submit(second, by=cast.writer)
    factories.signed_by(cast, second, cast.editor, cast.desk_head, cast.chief)
    issue = factories.live_issue(cast, first, second, pages=[(1, "要闻")])
    factories.signed_correction(cast, first)
    issue_address = issue.get_absolute_url()
    return {
        "front": "/", "archive": "/issues/", "year": "/issues/2023/", "month": "/issues/2023/12/",
        "issue": issue_address, "page": f"{issue_address}1/",
        "article": first.get_absolute_url(), "pictured": second.get_absolute_url(),
        "section": cast.section.get_absolute_url(),
        "correspondent": cast.correspondent.get_absolute_url(), "corrections": "/corrections/",
    }  # fmt: skip


def links(html: str) -> list[str]:
    return re.findall(r'<(?:a|form)\s[^>]*?(?:href|action)="(/[^"]*)"', html)


def asked(client, path):
    with CaptureQueriesContext(connection) as said:
        answer = client.get(path)
    return answer, len(said)


def test_every_page_is_there_in_every_look_at_the_same_cost(client, pages):
    for name, path in pages.items():
        plain, cost = asked(client, path)
        assert plain.status_code == 200, name
        for prefix in LOOKS:
            large, large_cost = asked(client, prefix + path[1:])
            assert large.status_code == 200, (name, prefix)
            assert large_cost <= cost, (name, prefix)
            assert not large.cookies
            assert large.headers["Cache-Control"] == plain.headers["Cache-Control"]
            assert large.headers["ETag"] != plain.headers["ETag"]
            assert "Vary" not in large.headers
            assert f'rel="canonical" href="http://testserver{path}"' in text(large), name


def test_every_link_stays_in_the_look_of_its_page(client, pages):
    for name, path in pages.items():
        for prefix in LOOKS:
            html = CHOICES.sub("", text(client.get(prefix + path[1:])))
            out = [each for each in links(html) if not leads_inside(each, prefix)]
            assert out == [], (name, prefix)


def leads_inside(address: str, prefix: str) -> bool:
    """Say whether a link is one of a look, or of a file, which has no look."""
    rest = address.removeprefix(prefix)
    file = rest.startswith("/") and resolve(rest).view_name in FILES
    return file or address.startswith(prefix) and not rest.startswith(("extra/", "white", "yellow"))


def test_files_keep_their_one_address(client, pages):
    html = text(client.get("/large/yellow-on-black" + pages["pictured"]))
    plain = text(client.get(pages["pictured"]))
    for kind in (r'/photos/[^" ]*\.jpg', r'/articles/\d+/files/[^"]*', r'/static/[^"]*site\.css'):
        assert set(re.findall(f'(?<=")[^" ]*?{kind}', html)) <= set(
            re.findall(f'(?<=")[^" ]*?{kind}', plain)
        )
    assert "/static/site/site.css" in html
    assert not re.search(r"/large/[^\"]*(?:static|photos|files)/", html)


def test_a_page_and_its_large_print_lead_to_each_other(client, pages):
    for path in pages.values():
        there = f'href="/large{path}"'
        assert there in text(client.get(path))
        assert f'href="{path}"' in text(client.get(f"/large/extra/yellow-on-black{path}"))


def test_a_former_address_of_a_list_leads_on_in_its_look(client, cast, pages):
    for _piece in range(PER_PAGE):
        factories.live_alone(cast)
    plain = client.get(f"{pages['section']}?page=2").headers["Location"]
    large = client.get(f"/large/extra{pages['section']}?page=2").headers["Location"]
    assert large == f"/large/extra{plain}"
    assert "utm" not in text(client.get(f"/large{pages['section']}?utm=x"))


def test_what_is_no_page_has_no_large_print(client, cast):
    client.force_login(cast.administrator)
    photo = reverse("articles:photo", args=["0" * 64, "480.webp"])
    for path in ("/admin/", "/robots.txt", "/healthz", "/static/site/site.css", photo,
                 "/large/", "/nowhere/", "/articles/999999/"):  # fmt: skip
        answer = client.get(f"/large{path}")
        assert answer.status_code == 404, path
        assert 'class="large"' in text(answer), path
        assert path == "/large/" or f"/large{path}" not in text(answer), path
        assert not answer.cookies, path
    assert client.get("/large/yellow-on-black/extra/").status_code == 404


def test_an_address_without_its_last_stroke_is_led_on_in_its_look(client, pages):
    for path in ("/large", "/large/extra", "/large/white-on-black", "/large/issues"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{path}/")


def test_what_is_withdrawn_is_gone_in_every_look(client, cast, pages):
    article = Article.objects.get(pk=pages["article"].strip("/").split("/")[1])
    path = f"/large{article.get_absolute_url()}"
    tag = client.get(path).headers["ETag"]
    workflow.withdraw(article, by=cast.chief, reason="失实。")
    answer = client.get(path, headers={"if-none-match": tag})
    assert answer.status_code == 410
    assert factories.SECRET not in text(answer)
    assert 'class="large"' in text(answer)


def test_large_print_answers_conditional_and_head_requests_like_the_page(client, pages):
    path = f"/large{pages['article']}"
    first = client.get(path)
    assert client.head(path).headers["ETag"] == first.headers["ETag"]
    assert client.get(path, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    plain = client.get(pages["article"])
    assert client.get(path, headers={"if-none-match": plain.headers["ETag"]}).status_code == 200
    assert client.post(path).status_code == 405


def test_a_look_ends_with_its_answer(client, pages):
    """Not one address of it may come into the next page, whatever went wrong before."""
    before = text(client.get(pages["front"]))
    client.raise_request_exception = False
    for path in ("/large/nowhere/", "/large/articles/%00/", "/large", "/large/admin"):
        client.get(path)
        assert get_script_prefix() == "/"
    assert text(client.get(pages["front"])) == before


@pytest.mark.django_db(transaction=True)
def test_two_looks_asked_at_once_do_not_mix(pages):
    alone = {prefix: text(Client().get(prefix + "issues/")) for prefix in ("/", *LOOKS)}
    mixed = []

    def ask(prefix):
        for _time in range(5):
            if text(Client().get(prefix + "issues/")) != alone[prefix]:
                mixed.append(prefix)
        connection.close()

    threads = [threading.Thread(target=ask, args=[prefix]) for prefix in alone]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mixed == []


def test_an_application_below_a_path_has_its_looks_there(client, pages):
    answer = client.get("/large/issues/", SCRIPT_NAME="/paper")
    assert Look(True, root="/paper/", path="/issues/").address == "/paper/large/issues/"
    assert answer.status_code == 200
