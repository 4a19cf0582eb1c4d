"""A stored file, answered by this process: whole, in part, or not again."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory

from articles.file_pages import INTERNAL, PUBLIC, file_answer

pytestmark = pytest.mark.django_db  # the end of an answer looks after connections

CONTENT = bytes(range(256)) * 1000
NAME = "photos/aa/480.webp"


@pytest.fixture(autouse=True)
def _stored(_own_files):
    default_storage.save(NAME, ContentFile(CONTENT))


def asked(method="GET", name=NAME, **headers):
    """The answer, read to its end and closed."""
    names = {key.replace("_", "-"): value for key, value in headers.items()}
    request = RequestFactory().generic(method, "/", headers=names)
    response = file_answer(request, name, content_type="image/webp", caching=PUBLIC)
    response.body = response.getvalue()
    response.close()
    return response


def test_a_file_comes_whole_and_says_that_parts_can_be_had():
    response = asked()
    assert (response.status_code, response.body) == (200, CONTENT)
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == PUBLIC


@pytest.mark.parametrize(
    ("part", "start", "end"),
    [("0-99", 0, 100), ("100000-", 100_000, 256_000), ("-7", 255_993, 256_000)],
)
def test_a_part_comes_with_its_place(part, start, end):
    response = asked(Range=f"bytes={part}")
    assert (response.status_code, response.body) == (206, CONTENT[start:end])
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"
    assert response["Content-Length"] == str(end - start)
    assert response["ETag"] == asked()["ETag"]


def test_behind_the_end_there_is_nothing():
    response = asked(Range="bytes=256000-")
    assert (response.status_code, response.body) == (416, b"")
    assert response["Content-Range"] == "bytes */256000"


def test_a_part_of_another_file_is_not_given_for_one_of_this():
    etag = asked()["ETag"]
    assert asked(Range="bytes=0-9", If_Range=etag).status_code == 206
    for other in ('"another"', f"W/{etag}", "Fri, 27 Nov 2026 18:00:00 GMT"):
        assert asked(Range="bytes=0-9", If_Range=other).body == CONTENT


def test_to_head_it_says_what_it_would_send():
    response = asked("HEAD", Range="bytes=0-9")
    assert (response.status_code, response.body) == (200, b"")
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["ETag"] == asked()["ETag"]


def test_what_one_has_is_not_sent_again_and_a_file_made_anew_is():
    etag = asked()["ETag"]
    assert asked(If_None_Match=etag).status_code == 304
    default_storage.delete(NAME)
    default_storage.save(NAME, ContentFile(CONTENT[1:]))
    assert asked(If_None_Match=etag).status_code == 200
    assert asked(If_Match=etag).status_code == 412


@pytest.mark.parametrize("accel", [True, False])
def test_a_file_that_is_not_there_is_said_to_the_door(settings, accel):
    settings.X_ACCEL = accel
    with pytest.raises(FileNotFoundError):
        asked(name="photos/aa/960.webp")


def test_the_proxy_is_told_the_name_and_gets_no_bytes(settings):
    settings.X_ACCEL = True
    response = asked(If_None_Match="*", Range="bytes=0-9")
    assert (response.status_code, response.body) == (200, b"")
    assert response["X-Accel-Redirect"] == INTERNAL + NAME
    assert response["Content-Type"] == "image/webp"
    assert not response.has_header("ETag")  # the proxy has its own


def test_without_a_disk_the_proxy_cannot_send_and_is_not_told_to(settings):
    settings.X_ACCEL = True
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}
    default_storage.save(NAME, ContentFile(CONTENT))
    response = asked()
    assert response.body == CONTENT
    assert not response.has_header("X-Accel-Redirect")
