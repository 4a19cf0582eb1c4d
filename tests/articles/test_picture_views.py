"""A photograph is as public as the piece that shows it, and not a moment earlier or longer."""

import io
import re
from dataclasses import replace
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
from articles.file_pages import PUBLIC
from articles.images import develop
from articles.models import Article, Picture, VersionPhoto
from articles.picture_views import desk_photo
from newsroom.people.roles import Role
from tests import factories, pictures

UNKNOWN = "0" * 64


@pytest.fixture
def cast(db):
    return factories.Cast()


def kept(shade=100):
    """A picture whose files are there."""
    file = io.BytesIO()
    Image.new("RGB", (960, 640), (shade, 20, 90)).save(file, "PNG")
    return pictures.kept(file.getvalue())


def illustrated(cast, shade=100):
    """A draft that shows a picture, and the picture's digest."""
    digest = kept(shade).digest
    article = factories.draft(cast)
    if not Picture.objects.named(digest).exists():
        factories.picture(digest)
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


def address(digest, name="480.webp"):
    return reverse("articles:photo", args=[digest, name])


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
        response = taken(client.get(address(digest, f"{width}.webp")))
        assert response.status_code == 200
        assert response["Content-Type"] == "image/webp"
        picture = Image.open(io.BytesIO(response.body))
        assert (picture.format, picture.width) == ("WEBP", width)


def by_master_alone(cast, *names):
    """A live piece with a wide picture of which only some files are there."""
    file = io.BytesIO()
    Image.new("RGB", (2000, 1000), (3, 20, 90)).save(file, "PNG")
    developed = develop(file.getvalue())
    files = {name: data for name, data in developed.files.items() if name in names}
    darkroom.keep(replace(developed, files=files))
    article = factories.draft(cast)
    factories.with_photo(article, developed.digest)
    live(cast, article)
    return developed.digest


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("480.avif", "image/jpeg"), ("960.avif", "image/jpeg"), ("1600.avif", "image/webp"),
        ("2000.avif", "image/webp"), ("480.webp", "image/jpeg"), ("1600.webp", "image/webp"),
        ("480.jpg", "image/jpeg"), ("2000.jpg", "image/jpeg"),
    ],
)  # fmt: skip
def test_while_a_file_is_being_made_the_best_there_is_stands_in_for_it(cast, client, asked, given):
    digest = by_master_alone(cast, "2000.webp", "960.jpg")
    response = taken(client.get(address(digest, asked)))
    assert response.status_code == 200
    assert response["Content-Type"] == given
    assert Image.open(io.BytesIO(response.body)).get_format_mimetype() == given
    assert response["Cache-Control"] == "no-store"  # the next time it may be there


def test_what_stands_in_is_forgotten_once_the_file_is_there(cast, client):
    digest = by_master_alone(cast, "2000.webp")
    first = taken(client.get(address(digest, "960.avif")))
    darkroom.put(darkroom.path(digest, "960.avif"), b"made meanwhile")
    answer = client.get(address(digest, "960.avif"), headers={"If-None-Match": first["ETag"]})
    assert taken(answer).body == b"made meanwhile"
    assert answer["Content-Type"] == "image/avif"
    assert answer["Cache-Control"] == PUBLIC


@pytest.mark.parametrize("name", ["700.webp", "2400.webp", "1.avif", "99999.jpg"])
def test_a_width_it_is_never_made_in_is_not_found(cast, client, name):
    digest = by_master_alone(cast, "2000.webp", "960.jpg")
    assert client.get(address(digest, name)).status_code == 404


def test_a_file_half_written_is_not_taken_for_one(cast, client):
    digest = by_master_alone(cast)
    darkroom.put(darkroom.path(digest, "tmp1234.part"), b"half")
    assert client.get(address(digest, "480.webp")).status_code == 404


def test_parts_of_a_picture_can_be_had_while_it_is_public(cast, client):
    article, digest = illustrated(cast)
    live(cast, article)
    part = taken(client.get(address(digest), headers={"Range": "bytes=0-3"}))
    assert (part.status_code, part.body) == (206, b"RIFF")
    workflow.withdraw(article, by=cast.chief, reason="事实有误")
    assert client.get(address(digest), headers={"Range": "bytes=0-3"}).status_code == 404


@pytest.mark.parametrize(
    "claim",
    [
        {"Referer": "http://testserver/articles/1/"}, {"Sec-Fetch-Site": "same-origin"},
        {"X-HTTP-Method-Override": "GET"}, {"X-Original-URL": "/admin/"},
        {"X-Accel-Redirect": "/_media/photos/"}, {"X-Sendfile": "photos"},
        {"X-Forwarded-For": "127.0.0.1"}, {"Authorization": "Basic YWRtaW46YWRtaW4="},
        {"If-Modified-Since": "Fri, 27 Nov 2099 18:00:00 GMT"}, {"If-Range": "*"},
        {"If-Match": "*"}, {"Accept": "image/avif"}, {"Purpose": "prefetch"},
    ],
)  # fmt: skip
def test_no_claim_in_a_question_opens_the_door(cast, client, claim):
    article, digest = illustrated(cast)
    going_out(cast, article)
    assert client.get(address(digest), headers=claim).status_code == 404


def test_other_sites_cannot_show_a_picture_as_theirs(cast, client):
    """Browsers keep it from pages of another origin; what asks without a page may have it."""
    article, digest = illustrated(cast)
    live(cast, article)
    for claim in ({}, {"Referer": "https://other.example/"}, {"Origin": "https://other.example"}):
        response = taken(client.get(address(digest), headers=claim))
        assert response.status_code == 200
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not response.has_header("Access-Control-Allow-Origin")


def test_an_original_has_no_address(cast, client):
    article, digest = illustrated(cast)
    live(cast, article)
    original = darkroom.keep_original(b"\xff\xd8\xff GPS of a home")
    for name in ("480.webp", "960.jpg", "960.avif"):
        assert client.get(address(original, name)).status_code == 404
    for path in (darkroom.original_path(original), f"photos/{original}", f"originals/{original}"):
        assert client.get(f"/{path}").status_code == 404


def test_a_public_picture_may_be_kept_five_minutes_and_says_nothing_else(cast, client):
    article, digest = illustrated(cast)
    live(cast, article)
    with CaptureQueriesContext(connection) as captured:
        response = taken(client.get(address(digest)))
    assert len(captured) == 1  # does any live piece show it?
    assert response["Cache-Control"] == "public, max-age=300, s-maxage=0" == PUBLIC
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
    wide = taken(client.get(address(digest, "960.webp"), headers={"If-None-Match": first["ETag"]}))
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
            f"/photos/{'a' * 64}/480.svg", f"/photos/{'a' * 64}/480.jpg.webp",
            f"/photos/{'A' * 64}/480.webp", f"/photos/aa/{'a' * 64}/480.webp",
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
    return taken(client.get(reverse("admin:photo", args=[digest, "480.webp"])))


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
    answers = [
        client.get(reverse("admin:photo", args=[asked, "480.webp"])) for asked in (digest, UNKNOWN)
    ]
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
        desk_photo(request, digest, "480.webp")
