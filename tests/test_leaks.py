"""Nothing leaks early: every public door against every state in which a piece is not out.

A door must answer as if the piece did not exist: the same status, the same headers, the same body
as before it was written, and for its own address the same as for one that leads nowhere.
"""

import hashlib
import io
import re
from copy import copy
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from articles import cabinet, darkroom, renditions, workflow
from articles.images import develop
from articles.models import Article, Byline, Correspondent, Section, Tag
from issues import workflow as issue_workflow
from tests import factories, traces
from tests.factories import SECRET

pytestmark = pytest.mark.django_db

DAY = date(2023, 12, 8)
NOW = timezone.localtime()  # when whatever goes out here goes out
HEADLINE = "暗渠改造明年动工"
NAME = "纪无名"
VIDEO = "https://video.example.cn/anqu"
PLACE = "暗渠口"
HIDDEN = (SECRET, HEADLINE, NAME, PLACE, "暗渠图说", "暗渠副题", "暗渠附件", VIDEO)


class Piece:
    """A piece nobody may see yet, with everything of its own: section, name, photograph, day."""

    def __init__(self, cast):
        self.section = Section.objects.create(name="水务", slug="shuiwu", position=9)
        self.entry = Correspondent.objects.create(name=NAME)
        self.place = Tag.objects.create(name=PLACE, kind=Tag.Kind.PLACE)
        self.day, self.page = DAY, 1
        self.digest, self.file = picture(), document()
        self.article = self.correction = None
        topic = factories.topic(cast, body="<p>三百天修一座桥。</p><h2>动工</h2><p>合龙。</p>")
        self.topic = factories.lasting_live(cast, topic)

    def write(self, cast) -> Article:
        self.article = factories.draft(
            cast, headline=HEADLINE, deck="暗渠副题", section=self.section
        )
        self.article.tags.set([self.place])
        factories.with_photo(self.article, self.digest, caption="暗渠图说", video_url=VIDEO)
        factories.with_attachment(self.article, self.file, title="暗渠附件")
        Byline.objects.filter(article=self.article).delete()
        Byline.objects.create(article=self.article, correspondent=self.entry)
        workflow.gather(self.topic, by=cast.editor, piece=self.article, heading="动工")
        return self.article


def picture(shade=(20, 60, 90)) -> str:
    file = io.BytesIO()
    Image.new("RGB", (480, 320), shade).save(file, "PNG")
    developed = develop(file.getvalue())
    darkroom.keep(developed)
    return developed.digest


def document() -> str:
    digest = hashlib.sha256(b"%PDF-1.7").hexdigest()
    cabinet.keep(digest, b"%PDF-1.7")
    return digest


# door → its address for a piece, and one of the same kind that leads nowhere; None for a list
DOORS = {
    "issues:front": (lambda piece: {}, None),
    "issues:map": (lambda piece: {}, None),
    "issues:archive": (lambda piece: {}, None),
    "issues:year": (lambda piece: {"year": piece.day.year}, {"year": 1999}),
    "issues:month": (
        lambda piece: {"year": piece.day.year, "month": piece.day.month},
        {"year": 1999, "month": 1},
    ),
    "issues:issue": (lambda piece: {"edition": f"{piece.day}"}, {"edition": "1999-01-01"}),
    "issues:page": (
        lambda piece: {"edition": f"{piece.day}", "number": piece.page},
        {"edition": "1999-01-01", "number": 1},
    ),
    "articles:article": (lambda piece: {"number": piece.article.pk}, {"number": 10**9}),
    "articles:section": (lambda piece: {"slug": piece.section.slug}, None),
    "articles:section_year": (
        lambda piece: {"slug": piece.section.slug, "year": NOW.year},
        {"slug": "shuiwu", "year": 1999},
    ),
    "articles:section_month": (
        lambda piece: {"slug": piece.section.slug, "year": NOW.year, "month": NOW.month},
        {"slug": "shuiwu", "year": 1999, "month": 1},
    ),
    "articles:correspondents": (lambda piece: {}, None),
    "articles:correspondent": (lambda piece: {"number": piece.entry.pk}, {"number": 10**9}),
    "articles:correspondent_year": (
        lambda piece: {"number": piece.entry.pk, "year": NOW.year},
        {"number": 10**9, "year": 1999},
    ),
    "articles:tags": (lambda piece: {}, None),
    "articles:tag": (lambda piece: {"number": piece.place.pk}, {"number": 10**9}),
    "articles:tag_year": (
        lambda piece: {"number": piece.place.pk, "year": NOW.year},
        {"number": 10**9, "year": 1999},
    ),
    "articles:corrections": (lambda piece: {}, None),
    "articles:corrections_year": (lambda piece: {"year": NOW.year}, {"year": 1999}),
    "readers:shelf": (lambda piece: {}, None),
    "readers:offline": (lambda piece: {}, None),
    "articles:topics": (lambda piece: {}, None),
    "articles:topic": (lambda piece: {"slug": "guqiao"}, None),
    "articles:search": (lambda piece: {}, None),
    "articles:photo": (
        lambda piece: {"digest": piece.digest, "name": "480.webp"},
        {"digest": "0" * 64, "name": "480.webp"},
    ),
    "articles:attachment": (
        lambda piece: {"number": piece.article.pk, "digest": piece.file, "kind": "pdf"},
        {"number": 10**9, "digest": "0" * 64, "kind": "pdf"},
    ),
    "readers:report": (lambda piece: {"number": piece.article.pk}, {"number": 10**9}),
}
# What is asked at a door that shows nothing unasked: a name under the piece, so that it is found.
QUERIES = {"articles:search": f"?q={NAME[:2]}"}
FILES = {"articles:photo", "articles:attachment"}
# Doors that name sections, years, topics or addresses, or count pieces, but name no piece.
NAMELESS = {"issues:map", "readers:shelf", "readers:offline", "articles:topics"}
# What has a name and is no news; what stands there is tried below, in every state of its own.
NAMED = {"articles:page"}
# … and those that name people and places, and lead to lists.
NAMELESS |= {"articles:section_year", "articles:correspondents", "articles:tags"}
OF_CORRECTIONS = {"articles:corrections", "articles:corrections_year"}
# Doors that show nothing of the paper's content.
BARE = {"robots", "healthz", "readyz", "watchz", "readers:worker", "readers:manifest"}
# Forms, which show nothing but themselves.
BARE |= {"readers:newsletter", "readers:asked"}
# Doors that open to a secret alone, in tests/newsroom/desk/test_previews_outside.py.
SECRET_DOORS = {"previews:home", "previews:answer", "previews:page"}
# … and in tests/newsroom/readers/test_newsletter_views.py.
SECRET_DOORS |= {"readers:confirm", "readers:leave"}
# … and in tests/newsroom/readers/test_report_views.py.
SECRET_DOORS |= {"readers:receipt", "readers:change_report", "readers:take_back_report"}
# Doors at which a tombstone stands once the piece is withdrawn.
TOMBSTONES = ("articles:article", "readers:report")
LARGE = "large print of "


def public_views(resolver=None, space=""):
    """Return the view of every public address by its name; the permission matrix has the desk's."""
    found = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            found[space + (pattern.name or str(pattern.pattern))] = pattern.callback
        elif not str(pattern.pattern).startswith(f"{settings.ADMIN_PATH}/"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= public_views(pattern, inner)
    return found


# A page is also there in large print, by the mark on its view: a door of its own.
EVERY = [*DOORS, *(LARGE + name for name in DOORS if hasattr(public_views()[name], "also_large"))]
LISTS = [door for door in EVERY if DOORS[door.removeprefix(LARGE)][1] is None]
OWN = [door for door in EVERY if door not in LISTS]


def test_every_public_door_is_tried():
    """A new door without a line in the table fails here."""
    assert set(public_views()) == set(DOORS) | BARE | SECRET_DOORS | NAMED


def test_every_page_is_tried_in_large_print():
    assert {LARGE + name for name in DOORS if name not in FILES} <= set(EVERY)


def address(door, piece=None):
    make, nowhere = DOORS[door.removeprefix(LARGE)]
    where = make(piece) if piece or nowhere is None else nowhere
    path = reverse(door.removeprefix(LARGE), kwargs=where)
    path += QUERIES.get(door.removeprefix(LARGE), "")
    return f"/large{path}" if door.startswith(LARGE) else path


def is_of(door, *names) -> bool:
    """Say whether a door is one of these, plain or in large print."""
    return door.removeprefix(LARGE) in names


def answer(client, path):
    """Return all an asker can see of an answer, but for the address it was asked at."""
    response = client.get(path)
    body = b"".join(response) if response.streaming else response.content
    text = body.decode("utf-8", "replace").replace(path, "〈address〉")
    text = re.sub(r'name="stamp" value="[^"]+"', "〈stamp〉", text)  # each form has its own
    words = re.sub(r"</?(?:wbr|span)\b[^>]*>", "", text)
    return response.status_code, dict(response.headers), words, dict(response.cookies)


RENDITIONS = [*renditions.names(480), "1.webp", "960.avif", "1600.jpg", "99999.webp"]


def renditions_known(client, digest: str) -> list[str]:
    """Return the files of a photo that are answered otherwise than those of none."""

    def told(digest, name):
        return answer(client, reverse("articles:photo", args=[digest, name]))

    return [name for name in RENDITIONS if told(digest, name) != told("0" * 64, name)]


@pytest.fixture
def cast():
    """Return the cast, with an older issue that is out, so that no list is empty."""
    cast = factories.Cast()
    factories.live_issue(cast, day=date(2022, 11, 1))
    return cast


@pytest.fixture
def piece(cast):
    return Piece(cast)


# States in which a piece is not out


def sign(cast, article, rounds=3):
    workflow.submit(article, by=cast.writer)
    return factories.signed_by(cast, article, *(cast.editor, cast.desk_head, cast.chief)[:rounds])


def alone(cast, article):
    at = timezone.now() + timedelta(hours=1)
    return workflow.publish_alone(sign(cast, article), by=cast.chief, at=at)


def scheduled(cast, article):
    return factories.scheduled_issue(cast, sign(cast, article), day=DAY)


def in_planning(cast, article):
    return factories.issue(cast, sign(cast, article), day=DAY)


def closed(cast, article):
    return factories.closed_issue(cast, sign(cast, article), day=DAY)


def held(cast, article):
    issue_workflow.hold(scheduled(cast, article), by=cast.chief, because="缓")


def recalled_issue(cast, article):
    return issue_workflow.recall(scheduled(cast, article), by=cast.chief)


def reopened(cast, article):
    issue_workflow.reopen(recalled_issue(cast, article), by=cast.chief)


def submitted(cast, article):
    return workflow.submit(article, by=cast.writer)


def withdrawn_before_its_hour(cast, article):
    workflow.withdraw(alone(cast, article), by=cast.chief, reason="失实。", public_note=SECRET)


NOT_OUT = {
    "draft": lambda cast, article: None,
    "waiting for the first round": submitted,
    "claimed": lambda cast, article: workflow.claim(submitted(cast, article), by=cast.editor),
    "in the second round": lambda cast, article: sign(cast, article, rounds=1),
    "in the third round": lambda cast, article: sign(cast, article, rounds=2),
    "recalled": lambda cast, article: workflow.recall(submitted(cast, article), by=cast.writer),
    "returned": lambda cast, article: workflow.return_(
        submitted(cast, article), by=cast.editor, note=SECRET
    ),
    "rejected": lambda cast, article: workflow.reject(
        submitted(cast, article), by=cast.editor, note=SECRET
    ),
    "discarded": lambda cast, article: workflow.discard(article, by=cast.writer),
    "signed off, placed nowhere": sign,
    "in an issue in planning": in_planning,
    "in a closed issue": closed,
    "in a scheduled issue": scheduled,
    "in an issue that is held": held,
    "in an issue whose hour was taken off": recalled_issue,
    "in an issue that was reopened": reopened,
    "scheduled alone": alone,
    "held alone": lambda cast, article: workflow.hold(
        alone(cast, article), by=cast.chief, because="缓"
    ),
    "withdrawn before its hour": withdrawn_before_its_hour,
    "withdrawn when signed off": lambda cast, article: workflow.withdraw(
        sign(cast, article), by=cast.chief, reason="失实。", public_note=SECRET
    ),
    "under revision before its hour": lambda cast, article: workflow.revise(
        alone(cast, article), by=cast.editor
    ),
}


def test_no_door_knows_a_piece_that_is_not_out(client, cast, piece):
    nothing = {door: answer(client, address(door, piece)) for door in LISTS}
    nowhere = {door: answer(client, address(door)) for door in OWN}
    told = []
    for state, bring in NOT_OUT.items():
        with traces.undone():
            bring(cast, piece.write(cast))
            traces.speak_now()
            for door in EVERY:
                said = answer(client, address(door, piece))
                expected = nothing.get(door) or nowhere[door]
                told += [
                    f"{state}: {door}: {part}"
                    for part, one, other in zip(
                        ("status", "headers", "body", "cookies"), said, expected, strict=True
                    )
                    if one != other
                ]
                told += [f"{state}: {door}: {word}" for word in HIDDEN if word in said[2]]
                told += [f"{state}: {door}: the photo"] * (piece.digest in said[2])
                told += [f"{state}: {door}: the file"] * (piece.file in said[2])
            told += [f"{state}: {name}" for name in renditions_known(client, piece.digest)]
    assert told == []


def test_when_it_is_out_every_door_shows_it(client, cast, piece):
    """Else the test above would pass for doors that are shut for good."""
    article = sign(cast, piece.write(cast))
    factories.live_issue(cast, article, day=DAY)
    factories.signed_correction(cast, article, wrong="暗", right="明")
    shows = {door: answer(client, address(door, piece)) for door in EVERY}
    assert {door: said[0] for door, said in shows.items() if said[0] != 200} == {}
    silent = {door for door, said in shows.items() if HEADLINE not in said[2]}
    assert silent == FILES | NAMELESS | {LARGE + name for name in NAMELESS}
    assert "暗渠附件" in shows["articles:article"][2]
    assert VIDEO in shows["articles:article"][2]
    assert not [door for door in LISTS if VIDEO in shows[door][2]]
    assert SECRET in shows["articles:article"][2]
    assert NAME in shows["articles:article"][2]
    assert {door for door, said in shows.items() if said[3] or "Set-Cookie" in said[1]} == set()


@pytest.mark.parametrize("stage", ["written", "submitted", "signed by two"])
def test_under_a_live_piece_a_revision_stays_unseen(client, cast, piece, stage):
    article = sign(cast, piece.write(cast))
    factories.live_issue(cast, article, day=DAY)
    before = {door: answer(client, address(door, piece)) for door in EVERY}
    workflow.revise(article, by=cast.editor)
    other = Section.objects.create(name="新栏", slug="xinlan")
    namesake = Correspondent.objects.create(name="改后的名字")

    def write():
        article.headline, article.body, article.section = "改后的题目", "<p>改后的正文</p>", other
        article.save()
        Byline.objects.filter(article=article).update(correspondent=namesake)
        article.photos.update(digest="d" * 64, caption="改后的图说")
        article.attachments.update(digest="e" * 64, title="改后的附件")
        article.tags.set([Tag.objects.create(name="改后的地方", kind=Tag.Kind.PLACE)])

    workflow.save(article, by=cast.editor, write=write)
    if stage != "written":
        workflow.submit(article, by=cast.writer, change_note="改后的说明")
    if stage == "signed by two":
        factories.signed_by(cast, article, cast.second_editor, cast.desk_head)
    after = {door: answer(client, address(door, piece)) for door in EVERY}
    assert after == before
    unknown = {name: DOORS[name][1] for name in ("articles:correspondent", *FILES)}
    for door, new in (
        ("articles:correspondent", {"number": namesake.pk}),
        ("articles:photo", {"digest": "d" * 64, "name": "480.webp"}),
        ("articles:attachment", {"number": article.pk, "digest": "e" * 64, "kind": "pdf"}),
    ):
        nowhere = answer(client, reverse(door, kwargs=unknown[door]))
        assert answer(client, reverse(door, kwargs=new)) == nowhere
    assert "改后" not in answer(client, reverse("articles:section", args=["xinlan"]))[2]


def test_signed_it_replaces_the_old_version_at_every_door_at_once(client, cast, piece):
    article = sign(cast, piece.write(cast))
    factories.live_issue(cast, article, day=DAY)
    workflow.revise(article, by=cast.editor)
    article.headline, article.body = "改后的题目", "<p>改后的正文</p>"
    workflow.save(article, by=cast.editor, write=article.save)
    workflow.submit(article, by=cast.writer, change_note="改后的说明")
    factories.signed_by(cast, article, cast.second_editor, cast.desk_head, cast.chief)
    for door in (door for door in EVERY if not is_of(door, "articles:corrections_year")):
        status, _headers, words, _cookies = answer(client, address(door, piece))
        assert status == 200, door
        assert HEADLINE not in words, door
        assert SECRET not in words, door
        assert ("改后的说明" in words) == is_of(door, "articles:article"), door
        lists_it = not is_of(door, *FILES, *NAMELESS, *OF_CORRECTIONS)
        assert ("改后的题目" in words) == lists_it, door


def test_a_photo_that_was_replaced_is_gone_in_every_format(client, cast, piece):
    article = sign(cast, piece.write(cast))
    factories.live_issue(cast, article, day=DAY)
    workflow.revise(article, by=cast.editor)
    new = picture((90, 60, 20))

    def write():
        article.photos.update(digest=new, caption="换过的图")
        article.save()

    workflow.save(article, by=cast.editor, write=write)
    assert renditions_known(client, new) == []
    workflow.submit(article, by=cast.writer, change_note="换了图片。")
    factories.signed_by(cast, article, cast.second_editor, cast.desk_head)
    assert renditions_known(client, new) == []
    assert renditions_known(client, piece.digest) == renditions.names(480)
    factories.signed_by(cast, article, cast.chief)
    assert renditions_known(client, piece.digest) == []
    assert renditions_known(client, new) == renditions.names(480)


def test_why_it_could_not_wait_stays_inside(client, cast, piece):
    article = piece.write(cast)
    workflow.publish_at_once(article, by=cast.chief, reason="急中之急")
    first = article.owed_signatures.order_by("round__position").first()
    workflow.refuse_late(article, by=cast.editor, owed=first.pk, reason="不肯补签")
    for door in ("issues:front", "articles:article", "articles:section", "articles:correspondent"):
        words = answer(client, address(door, piece))[2]
        assert HEADLINE in words, door
        assert "急中之急" not in words, door
        assert "不肯补签" not in words, door


def test_withdrawn_it_is_out_of_every_list_and_leaves_a_tombstone(client, cast, piece):
    piece.write(cast)
    nothing = {door: answer(client, address(door, piece)) for door in LISTS}
    nowhere = {door: answer(client, address(door)) for door in OWN}
    workflow.publish_alone(sign(cast, piece.article), by=cast.chief)
    factories.signed_correction(cast, piece.article, wrong="三", right="四")
    assert HEADLINE in answer(client, reverse("issues:front"))[2]
    assert renditions_known(client, piece.digest) == renditions.names(480)
    workflow.withdraw(piece.article, by=cast.chief, reason="内部原因", public_note="已核实有误。")
    assert renditions_known(client, piece.digest) == []
    # What a device keeps is fetched anew after a withdrawal: the list says that there was one.
    mark = re.compile('"mark": "[0-9a-f]+"')
    assert mark.sub("", answer(client, address("readers:shelf"))[2]) == mark.sub(
        "", nothing["readers:shelf"][2]
    )
    for door in EVERY:
        if not is_of(door, *TOMBSTONES, "readers:shelf"):
            expected = nothing.get(door) or nowhere[door]
            assert answer(client, address(door, piece)) == expected, door
    for door in (*TOMBSTONES, *(LARGE + name for name in TOMBSTONES)):
        status, headers, body, _cookies = answer(client, address(door, piece))
        assert status == 410
        assert headers["Cache-Control"] == "no-store"
        assert "已核实有误。" in body
        for word in (SECRET, "内部原因", "暗渠图说", "暗渠附件", piece.digest, piece.file):
            assert word not in body


def test_brought_back_it_is_everywhere_again_and_says_so_where_it_is_to(client, cast, piece):
    article = sign(cast, piece.write(cast))
    factories.live_issue(cast, article, day=DAY)
    factories.signed_correction(cast, article, wrong="暗", right="明")
    before = {door: answer(client, address(door, piece)) for door in EVERY}
    workflow.withdraw(article, by=cast.chief, reason="内部原因")
    assert answer(client, address("articles:article", piece))[0] == 410
    workflow.reinstate(article, by=cast.chief, reason="内部核实")
    assert {door: answer(client, address(door, piece)) for door in EVERY} == before
    workflow.withdraw(article, by=cast.chief, reason="内部原因")
    workflow.reinstate(article, by=cast.chief, reason="内部核实", public_note="经核实恢复刊发。")
    page = answer(client, address("articles:article", piece))[2]
    assert "经核实恢复刊发。" in page
    assert "内部" not in page


def test_withdrawn_from_a_live_issue_it_leaves_its_pages_too(client, cast, piece):
    article = sign(cast, piece.write(cast))
    factories.live_issue(cast, factories.approved(cast), article, day=DAY)
    workflow.withdraw(article, by=cast.chief, reason="失实。")
    for door in EVERY:
        if not is_of(door, *TOMBSTONES):
            said = answer(client, address(door, piece))[2]
            assert not any(word in said for word in HIDDEN[1:]), door
            assert piece.digest not in said, door


# Pages and topics themselves


ALONE = (
    "draft", "waiting for the first round", "in the third round", "returned", "discarded",
    "signed off, placed nowhere", "scheduled alone", "held alone", "withdrawn before its hour",
    "withdrawn when signed off", "under revision before its hour",
)  # fmt: skip


@pytest.mark.parametrize("kind", ["page", "topic"])
def test_no_door_knows_a_page_or_a_topic_that_is_not_out(client, cast, piece, kind):
    """Not even that it gathers what is out: neither in lists nor on the pages of its pieces."""
    article = sign(cast, piece.write(cast))
    factories.live_issue(cast, article, day=DAY)
    composing = copy(cast)
    composing.writer = cast.second_editor  # who files pages
    addresses = [address(door, piece) for door in EVERY]
    addresses += [f"{prefix}{reverse('articles:search')}?q=不可见" for prefix in ("", "/large")]
    nothing = [answer(client, each) for each in addresses]
    nowhere = answer(client, reverse(f"articles:{kind}", args=["nowhere"]))
    told = []
    for state in ALONE:
        with traces.undone():
            made = getattr(factories, kind)(cast, "hidden", headline="不可见")
            if kind == "topic":
                workflow.gather(made, by=cast.editor, piece=article)
            else:
                workflow.put_in_foot(made, by=cast.chief)
            NOT_OUT[state](composing, made)
            traces.speak_now()
            own = answer(client, reverse(f"articles:{kind}", args=["hidden"]))
            told += [f"{state}: its own address"] * (own != nowhere)
            said = [answer(client, each) for each in addresses]
            told += [f"{state}: {one}" for one, a, b in zip(addresses, said, nothing, strict=True)
                     if a != b]  # fmt: skip
    assert told == []


@pytest.mark.parametrize("kind", ["page", "topic"])
def test_the_search_knows_a_page_or_a_topic_until_it_is_withdrawn(client, cast, kind):
    made = getattr(factories, kind)(cast, "hidden", headline="不可见")
    question = f"{reverse('articles:search')}?q=不可见"
    nothing = answer(client, question)
    factories.lasting_live(cast, made)
    assert made.get_absolute_url() in answer(client, question)[2]
    assert made.get_absolute_url() in answer(client, f"/large{question}")[2]
    workflow.withdraw(made, by=cast.chief, reason="失实。")
    assert answer(client, question) == nothing


@pytest.mark.parametrize("method", ["head", "post", "put", "delete", "options", "patch"])
def test_other_methods_tell_no_more(client, cast, piece, method):
    scheduled(cast, piece.write(cast))
    for door in OWN:
        one = getattr(client, method)(address(door, piece))
        other = getattr(client, method)(address(door))
        assert (one.status_code, one.headers) == (other.status_code, other.headers), door


def test_an_etag_does_not_give_a_piece_away(client, cast, piece):
    """A cache that knows what a page will be must not be told that it is right."""
    scheduled(cast, piece.write(cast))
    for door in OWN:
        response = client.get(address(door, piece), headers={"if-none-match": "*"})
        assert response.status_code == 404, door


def test_the_desk_tells_strangers_nothing(client, cast, piece):
    article = alone(cast, piece.write(cast))
    for tail in ("change/", "read/", "compare/", "preview/", "history/", ""):
        known, unknown = (f"/admin/articles/article/{pk}/{tail}" for pk in (article.pk, 10**9))
        one, other = client.get(known), client.get(unknown)
        assert one.status_code == other.status_code, tail
        assert HEADLINE not in one.content.decode()
