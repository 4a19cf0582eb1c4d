"""A photograph is as public as the piece that shows it, and not a moment earlier or longer."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles import darkroom, workflow
from articles.images import develop
from articles.models import Article, VersionPhoto
from articles.picture_views import desk_photo
from newsroom.people.roles import Role
from tests import factories

UNKNOWN = "0" * 64


@pytest.fixture
def cast(db):
    return factories.Cast()


def kept(shade=100):
    """A picture whose files are there."""
    file = io.BytesIO()
    Image.new("RGB", (960, 640), (shade, 20, 90)).save(file, "PNG")
    developed = develop(file.getvalue())
    darkroom.keep(developed)
    return developed


def illustrated(cast, shade=100):
    """A draft that shows a picture, and the picture's digest."""
    digest = kept(shade).digest
    article = factories.draft(cast)
    factories.with_photo(article, digest)
    return article, digest


def signed_off(cast, article):
    workflow.submit(article, by=cast.writer)
    return factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)


def going_out(cast, article):
    later = timezone.now() + timedelta(hours=1)
    return workflow.publish_alone(signed_off(cast, article), by=cast.chief, at=later)


def live(cast, article):
    return workflow.publish_alone(signed_off(cast, article), by=cast.chief)


STATES = {
    "a draft": lambda cast, article: article,
    "in review": lambda cast, article: workflow.submit(article, by=cast.writer),
    "discarded": lambda cast, article: workflow.discard(article, by=cast.writer),
    "signed off": signed_off,
    "going out later": going_out,
    "held": lambda cast, article: workflow.hold(
        going_out(cast, article), by=cast.chief, because="等一个数字"
    ),
    "withdrawn before its hour": lambda cast, article: workflow.withdraw(
        going_out(cast, article), by=cast.chief, reason="事实有误"
    ),
    "withdrawn": lambda cast, article: workflow.withdraw(
        live(cast, article), by=cast.chief, reason="事实有误"
    ),
}


def address(digest, width=480):
    return reverse("articles:photo", args=[digest, width])


def taken(response):
    """The answer, its file read to the end and closed."""
    response.body = response.getvalue()
    return response


def all_of(response, digest):
    """Everything a stranger can tell one answer from another by."""
    # A token against forgery is another in every page of the desk.
    content = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)
    return (
        response.status_code,
        content.replace(digest.encode(), b""),
        sorted(response.items()),
        response.cookies.output(),
    )


@pytest.mark.parametrize("state", STATES)
def test_a_picture_of_a_piece_that_is_not_live_is_as_unknown_as_any(cast, client, state):
    article, digest = illustrated(cast)
    STATES[state](cast, article)
    statements = []
    answers = []
    for asked in (digest, UNKNOWN):
        with CaptureQueriesContext(connection) as captured:
            answers.append(all_of(client.get(address(asked)), asked))
        statements.append(len(captured))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    assert statements[0] == statements[1]


def test_a_picture_of_a_live_piece_is_served_in_every_width(cast, client):
    article, digest = illustrated(cast)
    live(cast, article)
    for width in (480, 960):
        response = taken(client.get(address(digest, width)))
        assert response.status_code == 200
        assert response["Content-Type"] == "image/webp"
        picture = Image.open(io.BytesIO(response.body))
        assert (picture.format, picture.width) == ("WEBP", width)
    assert client.get(address(digest, 700)).status_code == 404


def test_a_public_picture_may_be_kept_five_minutes_and_says_nothing_else(cast, client):
    article, digest = illustrated(cast)
    live(cast, article)
    with CaptureQueriesContext(connection) as captured:
        response = taken(client.get(address(digest)))
    assert len(captured) == 1  # does any live piece show it?
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "inline"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert int(response["Content-Length"]) > 0
    assert not response.cookies
    assert not response.has_header("Vary")


def test_a_picture_one_has_already_is_not_sent_again(cast, client):
    article, digest = illustrated(cast)
    live(cast, article)
    first = taken(client.get(address(digest)))
    again = client.get(address(digest), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again["Cache-Control"] == first["Cache-Control"]
    assert again.content == b""
    wide = taken(client.get(address(digest, 960), headers={"If-None-Match": first["ETag"]}))
    assert wide.status_code == 200


def test_having_a_picture_does_not_keep_it_public(cast, client):
    article, digest = illustrated(cast)
    live(cast, article)
    etag = taken(client.get(address(digest)))["ETag"]
    workflow.withdraw(article, by=cast.chief, reason="事实有误")
    answer = client.get(address(digest), headers={"If-None-Match": etag})
    assert answer.status_code == 404


def test_a_picture_put_into_a_live_piece_waits_for_its_signatures(cast, client):
    article, digest = illustrated(cast)
    live(cast, article)
    workflow.revise(article, by=cast.editor)
    new = kept(200).digest
    factories.with_photo(article, new)
    article.photos.get(digest=digest).delete()
    assert client.get(address(new)).status_code == 404
    assert taken(client.get(address(digest))).status_code == 200
    article.change_note = "换上了清晰的图片。"
    article.save()
    signed_off(cast, article)
    assert taken(client.get(address(new))).status_code == 200
    assert client.get(address(digest)).status_code == 404


def test_a_picture_shown_by_two_pieces_stays_while_one_of_them_is_live(cast, client):
    first, digest = illustrated(cast)
    second, same = illustrated(cast)
    assert digest == same
    live(cast, first)
    live(cast, second)
    workflow.withdraw(first, by=cast.chief, reason="重复")
    assert taken(client.get(address(digest))).status_code == 200


def test_time_makes_a_picture_public(cast):
    article, digest = illustrated(cast)
    going_out(cast, article)
    hour = article.release.publish_at
    pictures = VersionPhoto.objects
    assert not pictures.public(digest, at=hour - timedelta(microseconds=1)).exists()
    assert pictures.public(digest, at=hour).exists()


def test_a_picture_whose_file_is_lost_is_not_found(cast, client, caplog):
    article = factories.draft(cast)
    photo = factories.with_photo(article)
    live(cast, article)
    assert client.get(address(photo.digest)).status_code == 404
    assert photo.digest in caplog.text


@pytest.mark.parametrize(
    "odd", ["/photos/a/480.webp", "/photos/%00/480.webp", f"/photos/{'a' * 64}/{'9' * 18}.webp",
            f"/photos/{'a' * 64}/0.webp", f"/photos/{'a' * 64}/480.jpg", "/photos/../480.webp",
            "/photos/%2e%2e%2fsecret_key/480.webp", f"/photos/{'a' * 5000}/480.webp"],
)  # fmt: skip
def test_odd_addresses_are_not_found(db, client, odd):
    assert client.get(odd).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pictures_are_only_read(cast, client, method):
    article, digest = illustrated(cast)
    live(cast, article)
    assert getattr(client, method)(address(digest)).status_code == 405


def from_the_desk(client, user, digest):
    client.force_login(user)
    return taken(client.get(reverse("admin:photo", args=[digest, 480])))


@pytest.mark.parametrize("state", STATES)
def test_the_newsroom_sees_pictures_in_every_state(cast, client, state):
    article, digest = illustrated(cast)
    STATES[state](cast, article)
    for user in (cast.writer, cast.editor, cast.chief, cast.issue_editor):
        response = from_the_desk(client, user, digest)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-cache"


def test_the_newsroom_sees_the_pictures_of_earlier_versions(cast, client):
    article, digest = illustrated(cast)
    workflow.submit(article, by=cast.writer)
    workflow.recall(article, by=cast.writer)
    article.photos.all().delete()
    assert Article.objects.with_photo(digest).get() == article
    assert from_the_desk(client, cast.editor, digest).status_code == 200


def test_a_correspondent_does_not_see_the_pictures_of_others(cast, client):
    _, digest = illustrated(cast)
    answers = [
        all_of(from_the_desk(client, cast.other_writer, asked), asked)
        for asked in (digest, UNKNOWN)
    ]
    assert answers[0][:2] == answers[1][:2]
    assert answers[0][0] == 404


def test_a_stranger_at_the_desks_door_learns_nothing(cast, client):
    _, digest = illustrated(cast)
    answers = [client.get(reverse("admin:photo", args=[asked, 480])) for asked in (digest, UNKNOWN)]
    assert answers[0].status_code == answers[1].status_code != 200
    assert answers[0].get("Location", "").replace(digest, UNKNOWN) == answers[1].get("Location", "")


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_who_has_left_the_newsroom_sees_no_picture(cast, fields):
    _, digest = illustrated(cast)
    request = RequestFactory().get("/")
    request.user = factories.person("已离职", Role.CHIEF_EDITOR, username="gone")
    for name, value in fields.items():
        setattr(request.user, name, value)
    with pytest.raises(Http404):
        desk_photo(request, digest, 480)
