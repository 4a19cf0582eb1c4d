"""Words that would rather be a program: each field of each form, on every page that shows it."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from articles import workflow
from articles.markup import TAGS
from articles.models import Byline, Tag
from articles.sealing import snapshot
from issues.models import Issue
from issues.proposals import propose
from newsroom.people.models import SiteSettings
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in, text

pytestmark = pytest.mark.django_db

EVIL = "\"'><img src=x onerror=alert(1)>"
SHORT = "\"'><b onfocus=a>"  # where a field has room for few characters
HARMLESS = {
    "href", "title", "rel", "data-photo", "data-size", "start", "colspan", "rowspan", "class",
    "src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding",
}  # fmt: skip
RAW = ("<img src=x", "<b onfocus", "onerror=alert(1)>", "<svg onload")


@pytest.fixture
def cast():
    made = factories.Cast()
    for person in made.by_role.values():
        type(person).objects.filter(pk=person.pk).update(name=SHORT)
        person.refresh_from_db()
    made.unit.name = made.unit.head_name = EVIL
    made.unit.save()
    made.section.name = SHORT[:20]
    made.section.description = EVIL
    made.section.save()
    made.correspondent.name = SHORT
    made.correspondent.save()
    paper, _made = SiteSettings.objects.get_or_create(pk=1)
    for name in ("paper_name", "slogan", "description", "organiser", "publisher", "address",
                 "hotline", "icp_number", "police_number", "place_name"):  # fmt: skip
        room = SiteSettings._meta.get_field(name).max_length
        setattr(paper, name, EVIL if len(EVIL) <= room else SHORT[:room])
    paper.save()
    return made


@pytest.fixture
def piece(cast):
    """A live piece of evil words that has been through everything, in a live issue."""
    words = dict.fromkeys(("headline", "kicker", "deck", "summary", "unit_head"), EVIL)
    words |= dict.fromkeys(("column_label", "source", "dateline"), EVIL)
    article = factories.draft(cast, body=f"<p>{EVIL}</p><p>第二段</p>", **words)
    article.tags.add(Tag.objects.create(name=SHORT))
    Byline.objects.create(article=article, role=SHORT, name=EVIL, position=1)
    factories.with_photo(article, caption=EVIL, credit=EVIL, alternative_text=EVIL)
    workflow.submit(article, by=cast.writer)
    workflow.return_(article, by=cast.editor, note=EVIL, reason="facts")
    article.body = f"<p>{EVIL}另</p><p>第二段改</p>"
    workflow.save(article, by=cast.writer, write=article.save)
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    return article


@pytest.fixture
def issue(cast, piece):
    made = factories.live_issue(cast, piece, title=EVIL, pages=[(1, SHORT)])
    factories.signed_correction(cast, piece, wrong=EVIL, right=EVIL, note=EVIL, printed_where=EVIL)
    return made


class _Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(html: str) -> list[tuple[str, dict]]:
    """Return the elements a browser would make, with their attributes."""
    parser = _Elements()
    parser.feed(html)
    return parser.found


def assert_harmless(page: str):
    """Find nothing on a page that came out of a field as markup."""
    found = [raw for raw in RAW if raw in page]
    assert not found, page[page.index(found[0]) - 200 : page.index(found[0]) + 80]


def test_residents_get_words(cast, piece, issue):
    section = reverse("articles:section", args=[cast.section.slug])
    person = reverse("articles:correspondent", args=[cast.correspondent.pk])
    pages = ["/", issue.get_absolute_url(), f"{issue.get_absolute_url()}1/", "/issues/",
             piece.get_absolute_url(), section, person, "/corrections/", "/nowhere/"]  # fmt: skip
    for page in pages:
        answer = Client().get(page)
        assert answer.status_code in (200, 404)
        assert_harmless(text(answer))
    workflow.withdraw(piece, by=cast.chief, reason=EVIL, public_note=EVIL)
    assert_harmless(text(Client().get(piece.get_absolute_url())))


@pytest.mark.exhaustive
def test_the_newsroom_gets_words(cast, piece, issue):
    waiting = factories.submitted(cast, headline=EVIL, kicker=EVIL)
    workflow.claim(waiting, by=cast.editor)
    planned = factories.issue(cast, waiting, day=issue.date.replace(day=20), title=EVIL)
    read = propose(
        f"第01版：{SHORT}\n\n{EVIL}\n本报讯（记者 {SHORT}）{EVIL}。\n",
        by=cast.issue_editor,
        date=issue.date.replace(day=21),
        file_name=EVIL,
    )
    registers = ("articles_article", "articles_section", "articles_correspondent", "articles_tag",
                 "issues_issue", "issues_editionimport", "people_unit", "people_user")  # fmt: skip
    pages = [reverse("admin:index"), reverse("admin:everything")]
    pages += [reverse(f"admin:{name}_changelist") for name in registers]
    pages += [address(each, page) for each in (piece, waiting)
              for page in ("change", "read", "compare", "preview")]  # fmt: skip
    pages += [reverse("admin:issues_issue_change", args=[each.pk]) for each in (issue, planned)]
    pages += [reverse("admin:issues_editionimport_change", args=[read.pk])]
    pages += [reverse("admin:people_user_change", args=[cast.writer.pk])]
    for person in cast.by_role.values():
        for page in pages:
            assert_harmless(text(signed_in(person).get(page)))


def test_what_is_refused_or_kept_comes_back_as_words(cast):
    article = factories.draft(cast)
    client = signed_in(cast.writer)
    stale = form_of(article, headline=EVIL, body=f"<p>{EVIL}</p>", read_revision=7)
    assert_harmless(text(client.post(address(article), stale)))
    workflow.submit(article, by=cast.writer)
    assert_harmless(text(client.post(address(article), form_of(article, headline=EVIL))))
    do = reverse("admin:articles_article_do", args=[article.pk, "reject"])
    signed_in(cast.editor).post(do, {"reject-note": EVIL})
    assert_harmless(text(client.get(address(article))))
    assert_harmless(text(Client().post(address(article), {"headline": EVIL, "body": EVIL})))


SENT = [
    '<p style="position:fixed" onclick="x()">字</p>',
    '<a href="javascript:alert(1)">字</a><a href=" java\tscript:alert(1)">字</a>',
    '<a href="data:text/html,<script>x</script>">字</a><a href="//x" target="_top">字</a>',
    "<svg><script>x</script><style><img src=x onerror=x></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img src=x onerror=x>'>",
    '<noscript><p title="</noscript><img src=x onerror=x>">',
    "<figure data-photo='1' onclick=x><figure data-photo='1'><img src=x></figure></figure>",
    "<form action=//x><input name=csrfmiddlewaretoken><button formaction=javascript:x>字</form>",
    "<iframe src=//x></iframe><object data=//x></object><embed src=//x><base href=//x>",
    "<meta http-equiv=refresh content='0;url=//x'><link rel=stylesheet href=//x>",
    "<a href='https://x/' title='>5年<img src=x onerror=x>6年'>字</a>",
    "<td colspan='9999' style='x' background='//x'>字</td>",
]


@pytest.mark.parametrize("body", SENT)
def test_a_body_sent_past_the_editor_is_only_what_the_editor_could_have_made(cast, body):
    article = factories.draft(cast)
    signed_in(cast.writer).post(address(article), form_of(article, body=body))
    article.refresh_from_db()
    factories.with_photo(article)
    version = snapshot(article, by=cast.writer, reason="submitted")
    for stored in (article.body, version.html):
        for tag, attributes in elements(stored):
            assert tag in TAGS | {"span", "img", "figcaption"}
            assert attributes.keys() <= HARMLESS
            assert urlsplit(attributes.get("href", "")).scheme in {
                "",
                "http",
                "https",
                "mailto",
                "tel",
            }
            assert attributes.get("src", "/photos/").startswith("/photos/")


def test_a_picture_of_another_piece_does_not_show(cast):
    other = factories.with_photo(factories.draft(cast, filed_by=cast.other_writer))
    article = factories.draft(cast)
    body = f'<p>字</p><figure data-photo="{other.pk}"></figure>'
    client = signed_in(cast.writer)
    client.post(address(article), form_of(article, body=body))
    article.refresh_from_db()
    assert f'data-photo="{other.pk}"' in article.body
    for page in ("read", "preview"):
        assert other.digest not in text(client.get(address(article, page)))
    version = snapshot(article, by=cast.writer, reason="submitted")
    assert other.digest not in version.html
    assert Issue.objects.count() == 0
