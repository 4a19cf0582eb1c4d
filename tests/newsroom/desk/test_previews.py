"""The site of another hour: the same views, the same words, for the newsroom alone."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import Article
from issues import workflow as issue_workflow
from issues.expecting import UNSIGNED
from newsroom.desk.previews.addresses import Moment, MomentConverter
from newsroom.desk.previews.doors import address
from tests import factories
from tests.test_leaks import document, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """Return the cast, with an older issue that is out."""
    cast = factories.Cast()
    factories.live_issue(cast, day=timezone.localdate() - timedelta(days=7))
    return cast


def look(client, moment: Moment, page: str):
    return client.get(address(moment, page))


def bare(text: str, moment: Moment) -> str:
    """Return a framed page without its frame: as the public site gives it."""
    text, bars = re.subn(r'\n<aside class="peek".*?</aside>', "", text, flags=re.S)
    text, heads = re.subn(r'<meta name="robots".*?preview.css">\n', "", text, flags=re.S)
    assert (bars, heads) == (1, 1)
    return text.replace(address(moment, "/").removesuffix("/"), "")


def plain(text: str) -> str:
    """Return a public page without what leads out of a preview: to large print, to a report."""
    text, ways = re.subn(r'<a class="btn" href="/large/[^"]*" rel="alternate">长辈版</a>', "", text)
    assert ways == 1
    return re.sub(r'<p class="report">.*?</p>', "", text)


def pages_of(issue, *articles) -> list[str]:
    return [
        "/", "/issues/", f"/issues/{issue.date.year}/", f"/issues/{issue.date:%Y/%m}/",
        issue.get_absolute_url(), f"{issue.get_absolute_url()}1/", "/sections/minsheng/",
        "/corrections/", f"/correspondents/{articles[0].bylines.get().correspondent_id}/",
        *(article.get_absolute_url() for article in articles),
    ]  # fmt: skip


def illustrated(cast, **fields) -> Article:
    """Return a signed piece with a photograph and a file."""
    article = factories.draft(cast, **fields)
    photo = factories.with_photo(article, picture(), width=480, height=320, widths=[480])
    article.body += (
        f'<figure data-photo="{photo.pk}"></figure><p>完。见<a href="/corrections/">更正</a>。</p>'
    )
    article.save()
    factories.with_attachment(article, document())
    workflow.submit(article, by=cast.writer)
    return factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)


def planned(cast, *articles, hours=2.0, **fields):
    """Return an issue that is planned for some hours from now, and a moment after that."""
    hour = timezone.now() + timedelta(hours=hours)
    issue = factories.issue(
        cast, *articles, planned_time=hour, day=timezone.localdate(hour), **fields
    )
    return issue, Moment(hour + timedelta(seconds=1), issue.pk)


# The same as the public site


def test_an_instant_that_was_shows_byte_for_byte_what_is_public(client, cast):
    article = illustrated(cast)
    issue = factories.live_issue(cast, article, day=timezone.localdate())
    factories.signed_correction(cast, article)
    pages = pages_of(issue, article)
    public = {page: plain(client.get(page).content.decode()) for page in pages}
    client.force_login(cast.issue_editor)
    for moment in (Moment(), Moment(timezone.now() + timedelta(hours=3))):
        for page in pages:
            assert bare(look(client, moment, page).content.decode(), moment) == public[page], page


@pytest.mark.exhaustive  # it waits for the hour
@pytest.mark.parametrize("state", ["planning", "closed", "scheduled"])
def test_a_preview_of_its_hour_is_byte_for_byte_what_residents_get_then(client, cast, state):
    articles = [illustrated(cast), factories.approved(cast), factories.approved(cast)]
    hour = timezone.now() + timedelta(seconds=4 + 30 * round_trip(client, "/"))
    issue = factories.issue(cast, *articles, planned_time=hour, day=timezone.localdate(hour))
    verbs = [
        lambda: issue_workflow.close(issue, by=cast.issue_editor),
        lambda: issue_workflow.schedule(issue, by=cast.issue_editor, at=hour),
    ]
    done = ["planning", "closed", "scheduled"].index(state)
    for verb in verbs[:done]:
        verb()
    client.force_login(cast.issue_editor)
    moment = Moment(hour.replace(microsecond=0) + timedelta(seconds=1))
    pages = pages_of(issue, *articles)
    previews = {page: look(client, moment, page) for page in pages}
    client.logout()
    assert client.get(issue.get_absolute_url()).status_code == 404
    for verb in verbs[done:]:
        verb()
    time.sleep(max(0, (hour - timezone.now()).total_seconds()) + 0.01)
    for page, preview in previews.items():
        assert preview.status_code == 200
        assert bare(preview.content.decode(), moment) == plain(client.get(page).content.decode()), (
            page
        )


def round_trip(client, page) -> float:
    """Return how many seconds this machine takes for a page."""
    started = time.monotonic()
    client.get(page)
    return time.monotonic() - started


# What is supposed, and what will be missing


def test_unsigned_pieces_do_not_show_and_the_bar_names_them(client, cast):
    signed, unsigned = factories.approved(cast), factories.submitted(cast, headline="渡口今天改道")
    issue, moment = planned(cast, signed, unsigned)
    client.force_login(cast.desk_head)
    page = look(client, moment, issue.get_absolute_url()).content.decode()
    bar, rest = page.split("</aside>", 1)
    assert "渡口今天改道" in bar
    assert "1 篇" in bar
    assert "渡口" not in rest
    assert look(client, moment, unsigned.get_absolute_url()).status_code == 404


def test_staff_may_see_unsigned_pieces_as_they_stand_and_each_is_marked(client, cast):
    signed, unsigned = factories.approved(cast), factories.submitted(cast, headline="渡口今天改道")
    factories.with_photo(unsigned, digest := picture())
    issue, moment = planned(cast, signed, unsigned)
    moment = moment._replace(unsigned=True)
    client.force_login(cast.desk_head)
    for page in (issue.get_absolute_url(), unsigned.get_absolute_url(), "/"):
        text = words(look(client, moment, page))
        assert f"{UNSIGNED}渡口今天改道" in text
        assert text.count("渡口今天改道") == text.count(f"{UNSIGNED}渡口今天改道") + 1, (
            page
        )  # the bar
    title = re.search(r"<h1>.*?</h1>", words(look(client, moment, signed.get_absolute_url())))[0]
    assert UNSIGNED not in title
    photo = fetched(client, f"{address(moment, '/')}photos/{digest}/480.webp")
    assert photo.status_code == 200
    assert not Article.objects.filter(sealed__headline__contains=UNSIGNED).exists()


def test_a_change_that_is_not_signed_shows_only_with_the_switch(client, cast):
    article = factories.approved(cast, headline="旧的题目")
    issue, moment = planned(cast, article)
    workflow.revise(article, by=cast.writer) if article.is_live(timezone.now()) else None
    Article.objects.filter(pk=article.pk).update(headline="新的题目")
    client.force_login(cast.chief)
    assert "新的题目" not in look(client, moment, article.get_absolute_url()).content.decode()
    switched = moment._replace(unsigned=True)
    assert "新的题目" in words(look(client, switched, article.get_absolute_url()))


def test_an_issue_without_a_time_is_shown_as_if_it_went_out_then(client, cast):
    issue = factories.issue(cast, article := factories.approved(cast), day=timezone.localdate())
    client.force_login(cast.chief)
    assert look(client, Moment(None, issue.pk), article.get_absolute_url()).status_code == 200
    assert look(client, Moment(), article.get_absolute_url()).status_code == 404


def test_a_held_issue_shows_only_where_somebody_insists(client, cast):
    issue = factories.scheduled_issue(cast, article := factories.approved(cast))
    issue_workflow.hold(issue, by=cast.chief, because="核实")
    client.force_login(cast.chief)
    later = timezone.now() + timedelta(hours=2)
    assert look(client, Moment(later), article.get_absolute_url()).status_code == 404
    insisted = look(client, Moment(later, issue.pk), article.get_absolute_url())
    assert insisted.status_code == 200
    assert "假定解除" in insisted.content.decode()


def test_several_planned_issues_get_the_numbers_they_will_get(client, cast):
    first, moment = planned(cast, factories.approved(cast), hours=1)
    second, later = planned(cast, factories.approved(cast), hours=50)
    client.force_login(cast.chief)
    numbers = [
        re.search(
            r"总第\s*(\d+)\s*期",
            words(look(client, later, issue.get_absolute_url())).split("</aside>")[1],
        )[1]
        for issue in (first, second)
    ]
    issue_workflow.close(first, by=cast.issue_editor)
    issue_workflow.close(second, by=cast.issue_editor)
    assert numbers == [str(first.number), str(second.number)]


# A frame around it


def fetched(client, page):
    """Return an answer, a file of it read to its end."""
    answer = client.get(page)
    if answer.streaming:
        b"".join(answer)
    return answer


def words(response) -> str:
    return re.sub(r"</?(?:wbr|span)\b[^>]*>", "", response.content.decode())


def test_every_link_of_this_site_stays_inside(client, cast):
    article = illustrated(cast)
    issue, moment = planned(cast, article)
    inside = address(moment, "/")
    client.force_login(cast.editor)
    for page in pages_of(issue, article):
        text = look(client, moment, page).content.decode().split("</aside>")[1]
        linked = re.findall(r'\s(?:href|src|action)="(/[^"]*)"', text)
        linked += [
            each.split(" ")[0]
            for many in re.findall(r'srcset="([^"]+)"', text)
            for each in many.split(", ")
        ]
        own = [each for each in linked if not each.startswith("/static/")]
        assert len(own) > 5
        assert [each for each in own if not each.startswith(inside)] == [], page
        for each in set(own):
            assert fetched(client, each).status_code == 200, each


def test_a_link_to_this_site_that_was_pasted_whole_stays_inside_too(client, cast):
    links = ["http://testserver/issues/", f"{settings.SITE_URL}/corrections/"]
    links += ["https://elsewhere.example.cn/issues/"]
    body = "".join(f'<p><a href="{link}">看这里</a></p>' for link in links)
    article = factories.live_alone(cast, body=body)
    client.force_login(cast.editor)
    text = look(client, Moment(), article.get_absolute_url()).content.decode()
    found = re.findall(r'<a href="([^"]+)"[^>]*>看这里', text)
    inside = address(Moment(), "/")
    assert found == [f"{inside}issues/", f"{inside}corrections/", links[2]]


@pytest.mark.parametrize("page", ["/", "/articles/999999/", "/nowhere/", "/admin/", "/healthz"])
def test_no_answer_is_kept_or_listed(client, cast, page):
    client.force_login(cast.editor)
    answer = client.get(f"{address(Moment(), '/')}{page[1:]}")
    assert answer.status_code == (200 if page == "/" else 404)
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.has_header("ETag")
    if page in ("/", "/articles/999999/"):
        assert answer.headers["X-Robots-Tag"].startswith("noindex, nofollow")
        assert '<meta name="robots" content="noindex, nofollow' in answer.content.decode()
        assert 'class="peek"' in answer.content.decode()


def test_files_of_a_preview_are_not_kept_either(client, cast):
    article = illustrated(cast)
    client.force_login(cast.editor)
    digest, file = article.photos.get().digest, article.attachments.get().digest
    for page in (f"/photos/{digest}/480.webp", f"{article.get_absolute_url()}files/{file}.pdf"):
        answer = fetched(client, f"{address(Moment(), '/')}{page[1:]}")
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        assert not answer.has_header("ETag")


def test_the_view_inside_knows_nobody(client, cast):
    """A public view that looked at the session would show it in the preview."""
    client.force_login(cast.issue_editor)
    text = look(client, Moment(), "/").content.decode().split("</aside>")[1]
    assert cast.issue_editor.name not in text
    assert "csrf" not in text


def test_correspondents_stay_outside(client, cast):
    for person in (cast.writer, cast.other_writer):
        client.force_login(person)
        assert client.get(address(Moment(), "/")).status_code == 403
        assert client.get("/admin/preview/").status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_preview_is_read_and_nothing_else(client, cast, method):
    client.force_login(cast.editor)
    assert getattr(client, method)(address(Moment(), "/")).status_code == 405


@pytest.mark.parametrize(
    "moment",
    ["2026-13-01T06:00", "2026-11-27T25:00", "0001-01-01T00:00", "9999-12-31T23:59", "then",
     "now,issue-0", "now,unsigned,issue-1", "2026-11-27", "now,issue-999999999999999999"],
)  # fmt: skip
def test_a_moment_no_calendar_has_is_nowhere(client, cast, moment):
    client.force_login(cast.editor)
    assert client.get(f"/admin/preview/{moment}/").status_code == 404


def test_a_moment_stands_in_an_address_as_the_newsrooms_clocks_show_it():
    moment = Moment(datetime(2026, 11, 26, 22, 0, 30, tzinfo=UTC), 12, unsigned=True)
    written = MomentConverter().to_url(moment)
    assert written == "2026-11-27T06:00:30,issue-12,unsigned"
    assert MomentConverter().to_python(written) == moment


# Choosing


def test_an_instant_is_chosen_on_a_page(client, cast):
    issue, moment = planned(cast, factories.approved(cast))
    client.force_login(cast.issue_editor)
    page = client.get("/admin/preview/").content.decode()
    assert address(Moment(issue.planned_time, issue.pk)) in page
    chosen = {"at": "2026-12-04T06:00", "path": issue.get_absolute_url(), "unsigned": "on"}
    answer = client.get("/admin/preview/", chosen)
    assert answer.headers["Location"] == (
        f"/admin/preview/2026-12-04T06:00,unsigned{issue.get_absolute_url()}"
    )


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "/admin/", "\\", "x"])
def test_no_chosen_page_leads_out(client, cast, path):
    client.force_login(cast.issue_editor)
    answer = client.get("/admin/preview/", {"at": "", "path": path})
    assert answer.headers["Location"] == "/admin/preview/now/"


def test_a_nonsensical_instant_is_said_to_be_one(client, cast):
    client.force_login(cast.issue_editor)
    assert client.get("/admin/preview/", {"at": "Freitag"}).status_code == 400


def test_the_board_leads_into_the_preview(client, cast):
    issue, _moment = planned(cast, factories.approved(cast))
    client.force_login(cast.issue_editor)
    board = client.get(f"/admin/issues/issue/{issue.pk}/change/").content.decode()
    link = re.search(r'href="(/admin/preview/[^"]+)"', board)[1]
    assert client.get(link).status_code == 200


# What it costs


@pytest.mark.parametrize("unsigned", [False, True])
def test_a_preview_costs_the_same_for_a_few_pieces_and_for_many(client, cast, unsigned):
    issue, moment = planned(cast, factories.approved(cast))
    moment = moment._replace(unsigned=unsigned)

    def place(count):
        for _ in range(count):
            piece = factories.submitted(cast)
            factories.with_photo(piece)
            issue_workflow.place(issue, by=cast.issue_editor, article=piece, page=1)

    client.force_login(cast.issue_editor)
    place(1)
    few = statements(client, moment, issue.get_absolute_url())
    place(5)
    many = statements(client, moment, issue.get_absolute_url())
    assert many == few


def statements(client, moment, page) -> int:
    look(client, moment, page)
    with CaptureQueriesContext(connection) as asked:
        assert look(client, moment, page).status_code == 200
    return len(asked)


# Residents


def test_nothing_a_request_says_moves_the_public_site_in_time(client, cast):
    """Every name somebody might think of, as parameter, header and cookie, on every public page."""
    issue = factories.scheduled_issue(cast, article := factories.approved(cast), hours=1)
    hour = "2999-01-01T00:00"
    values = [hour, f"{hour},issue-{issue.pk},unsigned", "1", str(issue.pk)]
    names = ["at", "moment", "preview", "now", "time", "date", "instant", "issue", "unsigned",
             "suppose", "supposition", "as_of", "when", "draft", "live"]  # fmt: skip
    pages = pages_of(issue, article)
    plain = {page: client.get(page) for page in pages}
    moment = Moment(timezone.now() + timedelta(hours=2))
    for value in values:
        query = dict.fromkeys(names, value)
        headers = {f"x-{name}": value for name in names} | {
            "date": "Fri, 01 Jan 2999 00:00:00 GMT", "x-original-url": address(moment, "/"),
            "x-rewrite-url": address(moment, "/"), "x-script-name": address(moment, "/"),
            "x-http-method-override": "GET", "x-forwarded-prefix": address(moment, "/"),
        }  # fmt: skip
        client.cookies.load({name: value.replace(",", "+") for name in names})
        for page in pages:
            answer = client.get(page, query, headers=headers)
            assert answer.status_code == plain[page].status_code, page
            assert article.headline not in words(answer), page
            assert answer.content == plain[page].content, page


def test_the_public_site_does_not_change_while_somebody_previews(client, cast):
    issue, moment = planned(cast, article := factories.approved(cast))
    before = client.get("/").content
    editor = type(client)()
    editor.force_login(cast.editor)
    assert article.headline in words(look(editor, moment, "/"))
    assert client.get("/").content == before
    assert client.get(article.get_absolute_url()).status_code == 404
    assert settings.ADMIN_PATH in address(moment)
