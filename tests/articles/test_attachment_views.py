"""An attached file is as public as the piece that offers it, and not a moment earlier or longer."""

import hashlib
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import cabinet, workflow
from articles.attachment_views import desk_attachment
from articles.models import VersionAttachment
from newsroom.people.roles import Role
from tests import factories
from tests.articles.desk_pages import address as desk_page
from tests.articles.desk_pages import signed_in, text
from tests.articles.test_picture_views import STATES, UNKNOWN, going_out, live, signed_off, taken

NOT_LIVE = set(STATES) - {"live"}


@pytest.fixture
def cast(db):
    return factories.Cast()


def offering(cast, content=b"%PDF-1.7 one", **fields):
    """A draft that offers a file that is there, and the file."""
    article = factories.draft(cast)
    return article, attach(article, content, **fields)


def attach(article, content=b"%PDF-1.7 one", **fields):
    digest = hashlib.sha256(content).hexdigest()
    cabinet.keep(digest, content)
    return factories.with_attachment(article, digest, size=len(content), **fields)


def address(article, digest, kind="pdf", door="articles:attachment"):
    return reverse(door, args=[article.pk, digest, kind])


def seen(response):
    return response.status_code, dict(response.headers), taken(response).body


@pytest.mark.parametrize("state", sorted(NOT_LIVE))
def test_a_file_of_a_piece_that_is_not_live_is_as_unknown_as_none(cast, client, state):
    article, file = offering(cast)
    STATES[state](cast, article)
    page, nowhere = address(article, file.digest), address(article, UNKNOWN)
    one, other = (client.get(asked) for asked in (page, nowhere))
    assert one.status_code == other.status_code == 404
    assert dict(one.headers) == dict(other.headers)
    hidden = other.content.replace(UNKNOWN.encode(), b"")
    assert one.content.replace(file.digest.encode(), b"") == hidden


def test_a_file_of_a_live_piece_is_saved_and_never_shown(cast, client):
    article, file = offering(cast, title="阅览证 申请表")
    live(cast, article)
    with CaptureQueriesContext(connection) as captured:
        response = taken(client.get(address(article, file.digest)))
    assert len(captured) == 1  # does this live piece offer it, and as what?
    assert response.status_code == 200
    assert response.body == b"%PDF-1.7 one"
    assert response["Content-Type"] == "application/pdf"
    named = f"attachment; filename*=utf-8''{quote('阅览证 申请表')}.pdf"
    assert response["Content-Disposition"] == named
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "public, max-age=300, s-maxage=0"
    assert int(response["Content-Length"]) == len(response.body)
    assert not response.cookies
    assert not response.has_header("Vary")


def test_a_file_one_has_already_is_not_sent_again_unless_it_is_gone(cast, client):
    article, file = offering(cast)
    live(cast, article)
    page = address(article, file.digest)
    etag = taken(client.get(page))["ETag"]
    again = client.get(page, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    workflow.withdraw(article, by=cast.chief, reason="事实有误")
    assert client.get(page, headers={"If-None-Match": etag}).status_code == 404


def test_a_file_put_to_a_live_piece_waits_for_its_signatures(cast, client):
    article, old = offering(cast)
    live(cast, article)
    workflow.revise(article, by=cast.editor)
    article.attachments.all().delete()
    new = attach(article, b"%PDF-1.7 two")
    assert client.get(address(article, new.digest)).status_code == 404
    assert taken(client.get(address(article, old.digest))).status_code == 200
    article.change_note = "换上了新的申请表。"
    article.save()
    signed_off(cast, article)
    assert taken(client.get(address(article, new.digest))).status_code == 200
    assert client.get(address(article, old.digest)).status_code == 404


def test_a_file_is_offered_by_its_own_piece_under_its_own_kind_only(cast, client):
    article, file = offering(cast)
    other, _same = offering(cast, b"%PDF-1.7 two")
    live(cast, article)
    live(cast, other)
    assert client.get(address(other, file.digest)).status_code == 404
    assert client.get(address(article, file.digest, "docx")).status_code == 404


def test_time_makes_a_file_public(cast):
    article, file = offering(cast)
    going_out(cast, article)
    hour, asked = article.release.publish_at, (article.pk, file.digest, "pdf")
    files = VersionAttachment.objects
    assert not files.public(*asked, at=hour - timedelta(microseconds=1)).exists()
    assert files.public(*asked, at=hour).exists()


def test_a_file_that_is_lost_is_not_found(cast, client, caplog):
    article = factories.draft(cast)
    file = factories.with_attachment(article)
    live(cast, article)
    assert client.get(address(article, file.digest)).status_code == 404
    assert file.digest in caplog.text


@pytest.mark.parametrize("odd", ["a.pdf", "%00.pdf", f"{'a' * 64}.exe", "../x.pdf", "a" * 5000])
def test_odd_addresses_are_not_found(cast, client, odd):
    article, _file = offering(cast)
    live(cast, article)
    assert client.get(f"/articles/{article.pk}/files/{odd}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_files_are_only_read(cast, client, method):
    article, file = offering(cast)
    live(cast, article)
    assert getattr(client, method)(address(article, file.digest)).status_code == 405


# The desk's door


@pytest.mark.parametrize("state", STATES)
def test_the_newsroom_and_its_author_get_files_in_every_state(cast, state):
    article, file = offering(cast)
    STATES[state](cast, article)
    for user in (cast.writer, cast.editor, cast.chief, cast.issue_editor):
        page = address(article, file.digest, door="admin:attachment")
        response = taken(signed_in(user).get(page))
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-cache"
        assert response["Content-Disposition"].startswith("attachment;")


def test_the_newsroom_gets_the_files_of_earlier_versions(cast):
    article, file = offering(cast)
    workflow.submit(article, by=cast.writer)
    workflow.recall(article, by=cast.writer)
    article.attachments.all().delete()
    page = address(article, file.digest, door="admin:attachment")
    assert taken(signed_in(cast.editor).get(page)).status_code == 200


def test_a_correspondent_gets_no_file_of_others(cast):
    article, file = offering(cast)
    client = signed_in(cast.other_writer)
    one, other = (
        client.get(address(article, digest, door="admin:attachment"))
        for digest in (file.digest, UNKNOWN)
    )
    assert one.status_code == other.status_code == 404


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_who_has_left_the_newsroom_gets_no_file(cast, fields):
    article, file = offering(cast)
    request = RequestFactory().get("/")
    request.user = factories.person("已离职", Role.CHIEF_EDITOR, username="gone")
    for name, value in fields.items():
        setattr(request.user, name, value)
    with pytest.raises(Http404):
        desk_attachment(request, article.pk, file.digest, "pdf")


# Pages


def test_the_public_page_lists_what_can_be_downloaded_for_no_further_statement(cast, client):
    bare, full = factories.draft(cast), factories.draft(cast)
    for number in range(5):
        attach(full, f"%PDF-1.7 {number}".encode(), title=f"附件<{number}>")
    costs = []
    for article in (bare, full):
        live(cast, article)
        with CaptureQueriesContext(connection) as captured:
            page = text(client.get(article.get_absolute_url()))
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 3
    file = full.attachments.first()
    assert '<h2 id="files">附件</h2>' in page
    assert f'href="{address(full, file.digest)}"' in page
    assert "附件&lt;0&gt;" in page
    assert "PDF 文件，10\xa0字节" in page


def test_the_preview_shows_unsigned_files_by_the_desks_door(cast):
    article, file = offering(cast)
    page = text(signed_in(cast.writer).get(desk_page(article, "preview")))
    assert address(article, file.digest, door="admin:attachment") in page
    assert f'"{address(article, file.digest)}"' not in page
