"""What is lent to people without an account: what they see, what they may say, what they may not.

The attackers guess, keep, forward and pry: each test tries one of these.
"""

import re
from datetime import timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import Article
from issues import workflow as issue_workflow
from newsroom.desk.models import PreviewLink, PreviewOpening
from newsroom.desk.previews import lending
from newsroom.people.access import Barrier
from tests import factories
from tests.newsroom.desk.lent import home, inside, lend, unsigned, words
from tests.test_leaks import document, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """Return the cast, with an older issue that is out."""
    cast = factories.Cast()
    factories.live_issue(cast, day=timezone.localdate() - timedelta(days=7))
    return cast


# What is shown


def test_a_piece_is_shown_as_it_stands_and_called_a_draft(client, cast):
    article = unsigned(cast)
    lent = lend(cast, article=article, purpose="班额和人数")
    answer = client.get(home(lent), follow=True)
    text = words(answer)
    assert answer.status_code == 200
    assert "渡口小学今秋扩班" in text
    for said in ("未定稿", "邱主任（区教育局）", "班额和人数", "第 1 版"):
        assert said in text
    assert article.latest_version.fingerprint[:12] in text
    Article.objects.filter(pk=article.pk).update(headline="渡口小学明春扩班")
    text = words(client.get(inside(lent, article)))
    assert "渡口小学明春扩班" in text
    assert "改动" in text
    assert article.latest_version.fingerprint[:12] not in text


def test_of_an_issue_everything_in_it_is_shown_and_nothing_else(client, cast):
    ours, other = unsigned(cast), factories.submitted(cast, headline="水厂另有打算")
    scheduled = factories.scheduled_alone(cast, headline="定时的另一篇")
    hour = timezone.now() + timedelta(hours=5)
    issue = factories.issue(cast, ours, day=timezone.localdate(), planned_time=hour)
    earlier = factories.scheduled_issue(
        cast, factories.approved(cast, headline="先出的一期"), hours=2,
        day=timezone.localdate() - timedelta(days=1),
    )  # fmt: skip
    lent = lend(cast, issue=issue)
    for page in (home(lent), inside(lent, issue), f"{inside(lent, issue)}1/", inside(lent, ours)):
        answer = client.get(page)
        text = words(answer)
        assert answer.status_code == 200, page
        assert "渡口小学今秋扩班" in text
        for secret in ("水厂另有打算", "定时的另一篇", "先出的一期", earlier.get_absolute_url()):
            assert secret not in text, (page, secret)
    for hidden in (other, scheduled, earlier):
        assert client.get(inside(lent, hidden)).status_code == 404
    for hidden in ("/issues/", "/sections/minsheng/", "/corrections/", "/admin/", "/healthz"):
        assert client.get(inside(lent, hidden)).status_code == 404


def test_of_a_page_nothing_of_the_other_pages_is_shown(client, cast):
    first, second = unsigned(cast), factories.approved(cast, headline="副刊里的散文")
    issue = factories.issue(cast, first, pages=[(1, "要闻"), (2, "秘密专版")])
    issue_workflow.place(issue, by=cast.issue_editor, article=second, page=2)
    lent = lend(cast, issue=issue, page=1)
    for page in (home(lent), f"{inside(lent, issue)}1/", inside(lent, first)):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "副刊里的散文" not in words(answer)
        assert "秘密专版" not in words(answer)
    for page in (inside(lent, issue), f"{inside(lent, issue)}2/", inside(lent, second)):
        assert client.get(page).status_code == 404


def test_of_a_piece_its_neighbours_are_not_shown(client, cast):
    article, other = unsigned(cast), factories.approved(cast, headline="邻近的一篇")
    factories.issue(cast, article, other)
    text = words(client.get(inside(lend(cast, article=article), article)))
    assert "邻近的一篇" not in text


def test_nothing_that_the_newsroom_says_among_itself_is_shown(client, cast):
    article = unsigned(cast)
    workflow.claim(article, by=cast.editor)
    workflow.say(article, by=cast.chief, note="内部：先压一压这稿 @沈予安", inside=True)
    workflow.note_down(article, by=cast.editor, note="压一压：给作者的话", paragraph=0)
    article.refresh_from_db()
    lent = lend(cast, article=article, by=cast.chief)
    text = words(client.get(inside(lent, article))) + words(client.get(home(lent), follow=True))
    for secret in ("压一压", "沈予安", "温以恒", "/admin/", "初审"):
        assert secret not in text


def test_photographs_and_files_are_those_of_what_is_lent(client, cast):
    article, other = factories.draft(cast), factories.draft(cast)
    digest, secret = picture(), picture((9, 9, 9))
    factories.with_photo(article, digest, width=480, height=320, widths=[480])
    factories.with_photo(other, secret, width=480, height=320, widths=[480])
    file = factories.with_attachment(article, document())
    lent = lend(cast, article=article)
    shown = words(client.get(inside(lent, article)))
    addresses = set(re.findall(r'(?:src|href)="([^"]+(?:jpg|pdf))"', shown))
    for several in re.findall(r'srcset="([^"]+)"', shown):
        addresses |= {each.partition(" ")[0] for each in several.split(", ")}
    assert len(addresses) == 4  # three files of the picture, and the attached one
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"".join(answer)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert not answer.has_header("ETag")
        public = address.removeprefix(home(lent).removesuffix("/"))
        assert client.get(public).status_code == 404
    assert client.get(inside(lent, f"/photos/{secret}/480.jpg")).status_code == 404
    elsewhere = f"{other.get_absolute_url()}files/{file.digest}.pdf"
    assert client.get(inside(lent, elsewhere)).status_code == 404


def test_what_is_put_aside_or_withdrawn_is_lent_no_more(client, cast):
    article = unsigned(cast)
    lent = lend(cast, article=article)
    assert client.get(inside(lent, article)).status_code == 200
    workflow.reject(workflow.claim(article, by=cast.editor), by=cast.editor, note="不用")
    assert client.get(inside(lent, article)).status_code == 404
    assert "已没有需要核对的稿件" in words(client.get(home(lent)))


def test_residents_see_nothing_of_what_is_lent(client, cast):
    article = unsigned(cast)
    before = client.get("/").content
    lent = lend(cast, article=article)
    client.get(home(lent), follow=True)
    assert client.get("/").content == before
    assert client.get(article.get_absolute_url()).status_code == 404


# Never kept, listed or handed on


def test_no_answer_is_kept_listed_or_told_to_the_next_site(client, cast):
    article = unsigned(cast)
    issue = factories.issue(cast, article)
    lent = lend(cast, issue=issue)
    pages = [home(lent), inside(lent, issue), inside(lent, article), f"{home(lent)}answer/"]
    for page in pages:
        answer = client.get(page)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"].startswith("noindex, nofollow")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.has_header("ETag")
        assert not answer.cookies
        text = answer.content.decode()
        assert '<meta name="robots" content="noindex, nofollow' in text
        linked = re.findall(r'(?:href|content)="(https?://[^"]+)"', text)
        assert [each for each in linked if lent.token in each] == []
        again = client.get(page, headers={"if-none-match": "*", "if-modified-since": "0"})
        assert again.status_code == 200


def test_links_lead_inside_or_to_what_is_public(client, cast):
    article = unsigned(cast)
    lent = lend(cast, article=article)
    text = client.get(inside(lent, article)).content.decode()
    for each in set(re.findall(r'<a [^>]*href="(/[^"]*)"', text)):
        assert each.startswith((home(lent), "/")), each
        assert client.get(each).status_code == 200, each


# Who is not let in


def nowhere(client) -> tuple:
    return told(client.get(f"/preview/{'x' * 43}/"))


def told(answer) -> tuple:
    """Return all an asker can see of an answer; the policy's parts come in any order."""
    headers = {name: "; ".join(sorted(each.split("; "))) for name, each in answer.headers.items()}
    return answer.status_code, answer.content, sorted(headers.items()), dict(answer.cookies)


def test_wrong_run_out_and_revoked_links_are_as_unknown_as_any_address(client, cast):
    article = unsigned(cast)
    expired, revoked, lent = (lend(cast, article=article) for _ in range(3))
    age(expired)
    lending.revoke(revoked.link, by=cast.chief)
    unknown = told(client.get("/there/is/nothing/"))
    posted = told(client.post("/there/is/nothing/", {"code": "1"}))
    for each in (expired, revoked):
        for page in (home(each), inside(each, article), f"{home(each)}answer/"):
            assert told(client.get(page)) == unknown, page
            assert told(client.post(page, {"code": each.code})) == posted
    assert nowhere(client) == unknown
    for token in (lent.token[:-1], lent.token + "A", lent.token.swapcase(), lent.link.token_hash):
        assert told(client.get(f"/preview/{token}/")) == unknown
    assert told(client.get(inside(lent, "/articles/999999/"))) == unknown


def age(lent):
    """Let a link run out; no verb does that, so the guard is taken off for it."""
    with pgtrigger.ignore("desk.PreviewLink:stays_as_it_was_lent"):
        then = timezone.now() - timedelta(days=3)
        PreviewLink.objects.filter(pk=lent.link.pk).update(
            made_at=then, expires_at=then + timedelta(days=2)
        )


def test_who_guesses_is_stopped_and_others_are_not(client, cast):
    lent = lend(cast, article=unsigned(cast))
    for number in range(100):
        client.get(f"/preview/{number:043d}/")
    assert client.get(home(lent)).status_code == 429
    assert client.get("/").status_code == 200
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get(home(lent)).status_code == 302
    Barrier.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert client.get(home(lent)).status_code == 302


def test_neither_link_nor_code_is_stored(cast):
    lent = lend(cast, article=unsigned(cast), email="qiu@jiaoyu.example.cn")
    assert len(lent.token) == 43
    assert re.fullmatch(r"\d{8}", lent.code)
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE ANY(%s)',
                           [[f"%{lent.token}%", f"%{lent.code}%"]])  # fmt: skip
            assert cursor.fetchone()[0] == 0, table


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_what_is_lent_is_only_read(client, cast, method):
    article = unsigned(cast)
    lent = lend(cast, article=article)
    for page in (home(lent), inside(lent, article)):
        assert getattr(client, method)(page).status_code == 405
    assert not PreviewOpening.objects.exists()


# What is recorded


def test_every_opening_is_recorded_and_nothing_is_taken_back(client, cast):
    article = unsigned(cast)
    lent = lend(cast, issue=factories.issue(cast, article))
    client.head(inside(lent, article))
    client.get(home(lent))
    phone = "Mozilla/5.0 (Linux; Android 8.0) MicroMessenger/8.0"
    client.get(inside(lent, article), headers={"user-agent": phone})
    found = PreviewLink.objects.with_openings().get()
    assert found.times == 2
    last = lent.link.openings.first()
    assert (last.article, last.version, last.device) == (article, 1, "微信 · Android")
    assert last.fingerprint == article.latest_version.fingerprint
    for go_around in (
        lambda: PreviewOpening.objects.all().delete(),
        lambda: PreviewOpening.objects.update(device="x"),
        lambda: PreviewLink.objects.all().delete(),
        lambda: PreviewLink.objects.update(expires_at=timezone.now() + timedelta(days=9)),
        lambda: PreviewLink.objects.update(token_hash="0" * 64),
        lambda: PreviewLink.objects.update(recipient="别人"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            go_around()
    lending.revoke(lent.link, by=cast.editor)
    with pytest.raises(DatabaseError), transaction.atomic():
        PreviewLink.objects.update(revoked_at=None, revoked_by=None)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"recipient": ""}, "preview_link_names_whom_it_is_for"),
        ({"issue_id": 1, "article_id": 1}, "preview_link_lends_one_thing"),
        ({"article_id": None}, "preview_link_lends_one_thing"),
        ({"expires_at": timezone.now() + timedelta(days=15)}, "preview_link_runs_out_in_two_weeks"),
        ({"revoked_at": timezone.now()}, "revoked_preview_link_names_who_revoked_it"),
        ({"code_tries": 6}, "a_code_of_a_preview_is_tried_a_few_times"),
    ],
)
def test_the_database_refuses_a_link_that_is_none(cast, changed, name):
    fields = {
        "article_id": unsigned(cast).pk, "recipient": "邱主任", "token_hash": "1" * 64,
        "code_hash": "2" * 64, "made_by": cast.editor, "expires_at": timezone.now() + timedelta(1),
    }  # fmt: skip
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        PreviewLink.objects.create(**(fields | changed))


# What it costs


def test_what_is_lent_costs_the_same_for_a_few_pieces_and_for_many(client, cast):
    issue = factories.issue(cast, unsigned(cast))
    lent = lend(cast, issue=issue)

    def place(count):
        for _ in range(count):
            piece = unsigned(cast)
            factories.with_photo(piece)
            issue_workflow.place(issue, by=cast.issue_editor, article=piece, page=1)

    def cost(page):
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    pages = (home(lent), inside(lent, issue))
    place(1)
    few = [cost(page) for page in pages]
    place(5)
    assert [cost(page) for page in pages] == few
