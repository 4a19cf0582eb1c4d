"""The proxy that is shipped, run for real: it sends photographs, and never one too long."""

import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from articles import darkroom, workflow
from articles.file_pages import INTERNAL
from tests import factories, proxy
from tests.articles.test_picture_views import by_master_alone, going_out, illustrated, live

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not proxy.NGINX, reason="There is no nginx on this machine."),
]


def asked(base, path, method="GET", **headers):
    """Ask as curl would; return status, headers with small names, and bytes."""
    parts = urlsplit(base)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
    connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {k.lower(): v for k, v in response.getheaders()}, body


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def shipped(live_server, settings, tmp_path):
    settings.X_ACCEL = True
    host = urlsplit(live_server.url).netloc
    with proxy.running(proxy.shipped, tmp_path / "nginx", host, settings.MEDIA_ROOT) as base:
        yield base


def path_of(digest, name="480.webp"):
    return reverse("articles:photo", args=[digest, name])


def test_the_application_decides_and_the_proxy_sends(cast, shipped, live_server):
    article, digest = illustrated(cast)
    live(cast, article)
    with darkroom.open(digest, "480.webp") as file:
        content = file.read()
    status, headers, body = asked(live_server.url, path_of(digest))
    assert (status, body) == (200, b"")
    assert headers["x-accel-redirect"] == INTERNAL + darkroom.path(digest, "480.webp")
    status, headers, body = asked(shipped, path_of(digest))
    assert (status, body) == (200, content)
    assert headers["content-type"] == "image/webp"
    assert headers["cache-control"] == "public, max-age=300, s-maxage=0"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["content-disposition"] == "inline"
    assert "x-accel-redirect" not in headers
    assert "set-cookie" not in headers


def test_parts_and_what_one_has_already_are_the_proxys_business(cast, shipped):
    article, digest = illustrated(cast)
    live(cast, article)
    _status, headers, whole = asked(shipped, path_of(digest))
    status, part, body = asked(shipped, path_of(digest), Range="bytes=10-19")
    assert (status, body) == (206, whole[10:20])
    assert part["content-range"] == f"bytes 10-19/{len(whole)}"
    assert asked(shipped, path_of(digest), Range=f"bytes={len(whole)}-")[0] == 416
    assert asked(shipped, path_of(digest), If_None_Match=headers["etag"])[0] == 304
    status, head, body = asked(shipped, path_of(digest), "HEAD")
    assert (status, body, head["content-length"]) == (200, b"", str(len(whole)))


def test_what_is_withdrawn_is_gone_through_the_proxy_with_the_next_question(cast, shipped):
    article, digest = illustrated(cast)
    live(cast, article)
    status, headers, _body = asked(shipped, path_of(digest))
    assert status == 200
    workflow.withdraw(article, by=cast.chief, reason="事实有误")
    withdrawn_at = time.monotonic()
    for trick in (
        {},
        {"If_None_Match": headers["etag"]},
        {"If_Modified_Since": headers["last-modified"]},
        {"Range": "bytes=0-99"},
        {"Cache_Control": "only-if-cached"},
        {"X_Accel_Redirect": INTERNAL + darkroom.path(digest, "480.webp")},
        {"X_Original_URL": INTERNAL + darkroom.path(digest, "480.webp")},
    ):
        status, refused, body = asked(shipped, path_of(digest), **trick)
        assert (status, refused["cache-control"]) == (404, "no-store"), trick
        assert b"RIFF" not in body
    assert time.monotonic() - withdrawn_at < 5
    workflow.reinstate(article, by=cast.chief, reason="已核实")
    assert asked(shipped, path_of(digest))[0] == 200


def test_what_stands_in_for_a_file_keeps_its_own_type_and_is_kept_by_nobody(cast, shipped):
    digest = by_master_alone(cast, "2000.webp", "960.jpg")
    status, headers, body = asked(shipped, path_of(digest, "480.avif"))
    assert (status, body[:3]) == (200, b"\xff\xd8\xff")
    assert headers["content-type"] == "image/jpeg"
    assert headers["cache-control"] == "no-store"


def test_nobody_reaches_a_file_past_the_application(cast, shipped):
    article, digest = illustrated(cast)
    going_out(cast, article)
    darkroom.keep_original(b"GPS of a home")
    stored = darkroom.path(digest, "480.webp")
    for path in (
        path_of(digest),
        INTERNAL + stored,
        f"/photos/..{INTERNAL}{stored}",
        f"/photos/%2e%2e{INTERNAL}{stored}",
        f"/photos/{digest}/../../_media/{stored}",
        f"/photos/{digest}/..%2f..%2f_media%2f{stored}",
        f"{INTERNAL}originals/",
        f"{INTERNAL}photos/{digest[:2]}/{digest}/",
    ):
        status, _headers, body = asked(shipped, path)
        assert status in (301, 400, 404), path
        assert b"RIFF" not in body, path
        assert b"GPS" not in body, path


def test_an_original_would_not_be_sent_even_if_it_were_named(cast, shipped, monkeypatch):
    """The proxy itself knows only renditions."""
    article, digest = illustrated(cast)
    live(cast, article)
    original = darkroom.original_path(darkroom.keep_original(b"GPS of a home"))
    monkeypatch.setattr(darkroom, "path", lambda digest, name: original)
    status, _headers, body = asked(shipped, path_of(digest))
    assert status == 404
    assert b"GPS" not in body


def test_a_file_the_proxy_does_not_find_is_not_found_and_not_kept(
    cast, live_server, settings, tmp_path
):
    settings.X_ACCEL = True
    article, digest = illustrated(cast)
    live(cast, article)
    host = urlsplit(live_server.url).netloc
    with proxy.running(proxy.shipped, tmp_path / "nginx", host, tmp_path / "elsewhere") as base:
        status, headers, body = asked(base, path_of(digest))
    assert (status, headers["cache-control"]) == (404, "no-store")
    assert b"media" not in body


def test_a_proxy_that_keeps_what_it_may_keeps_no_photograph(cast, live_server, settings, tmp_path):
    """Somebody else's proxy, before ours: pages it may keep for a while, photographs not."""
    article, digest = illustrated(cast)
    factories.live_issue(cast)
    live(cast, article)
    host = urlsplit(live_server.url).netloc
    with proxy.running(proxy.caching, tmp_path / "nginx", host, settings.MEDIA_ROOT) as base:
        front = [asked(base, "/")[1]["x-cache"] for _time in range(2)]
        assert front == ["MISS", "HIT"]
        kept = [asked(base, path_of(digest))[1].get("x-cache") for _time in range(2)]
        assert "HIT" not in kept
        workflow.withdraw(article, by=cast.chief, reason="事实有误")
        assert asked(base, path_of(digest))[0] == 404
