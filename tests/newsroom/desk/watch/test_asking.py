"""Residents' pages are asked for at the site's own address, and no answer keeps one waiting."""

import time

import pytest

from newsroom.desk.watch.asking import LONGEST, Answer, Site, SiteError, ask
from tests.pretending import pretended
from tests.serving import free_port


@pytest.fixture
def site():
    with pretended() as made:
        yield made


def asked(site, path="/", **how) -> Answer:
    return ask(Site.at(site.url), path, **how)


def test_an_answer_is_told_with_its_status_and_text(site):
    site.says("/articles/1/", 200, "<p>老厂房</p>".encode())
    answer = asked(site, "/articles/1/")
    assert (answer.status, answer.text, answer.problem, answer.kept) == (
        200,
        "<p>老厂房</p>",
        "",
        False,
    )
    assert 0 < answer.seconds < 2


def test_nothing_but_the_question_is_sent(site):
    asked(site)
    ((_path, headers),) = site.asked
    assert headers.keys() == {"Host", "User-Agent", "Accept-Encoding", "Connection"}
    assert headers["Accept-Encoding"] == "identity"


def test_a_redirect_is_told_and_never_followed(site):
    with pretended() as elsewhere:
        site.says("/", 302, b"", {"Location": f"{elsewhere.url}/latest/meta-data/"})
        answer = asked(site)
        assert (answer.status, answer.location) == (302, f"{elsewhere.url}/latest/meta-data/")
        assert elsewhere.asked == []
    assert len(site.asked) == 1


def test_no_proxy_of_the_environment_is_used(site, monkeypatch):
    with pretended() as spy:
        monkeypatch.setenv("http_proxy", spy.url)
        monkeypatch.setenv("ALL_PROXY", spy.url)
        assert asked(site).status == 200
        assert spy.asked == []


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "http://evil.example/",
        "",
        "x",
        "/a b",
        "/a\r\nHost: x",
        "/稿件/",
        "/\x00",
    ],
)
def test_what_is_no_path_of_the_site_is_not_asked_for(site, path):
    with pytest.raises(ValueError, match="no path"):
        asked(site, path)
    assert site.asked == []


@pytest.mark.parametrize(
    "url", ["", "paper.example", "file:///etc/passwd", "gopher://x/", "http://", "http://x:port/"]
)
def test_what_is_no_address_of_a_site_is_refused_with_a_sentence(url):
    with pytest.raises(SiteError, match="SITE_URL"):
        Site.at(url)


def test_a_site_below_a_path_is_asked_below_it(site):
    site.says("/paper/articles/1/", 204)
    assert ask(Site.at(f"{site.url}/paper/"), "/articles/1/").status == 204


def test_a_site_that_is_not_there_is_said_to_be_so():
    answer = ask(Site.at(f"http://127.0.0.1:{free_port()}"), "/")
    assert (answer.status, answer.problem) == (None, "unreachable")
    assert "refused" in answer.reason


def test_a_server_that_drips_is_left_standing(site):
    """Each byte comes within every timeout of a socket; the whole does not."""
    site.says("/", 200, b"x" * 600, drip=0.05)
    began = time.monotonic()
    answer = asked(site, patience=0.4)
    assert time.monotonic() - began < 2
    assert answer.problem == "timeout"


def test_a_server_that_says_nothing_is_left_standing(site):
    site.says("/", wait=1.5)
    assert asked(site, patience=0.3).problem == "timeout"


def test_an_answer_is_read_up_to_a_bound(site):
    site.says("/", 200, b"x" * (LONGEST + 1_000_000))
    assert asked(site).size == LONGEST


def test_something_that_is_no_answer_is_said_to_be_so(site):
    site.says("/", 200, b"", {"Transfer-Encoding": "chunked"})  # and then no chunk comes
    assert asked(site, patience=2).problem == "garbled"


@pytest.mark.parametrize(
    ("headers", "kept", "age"),
    [
        ({"Age": "12"}, True, 12),
        ({"X-Cache": "Hit from edge"}, True, 0),
        ({"X-Cache-Status": "MISS"}, False, 0),
        ({"Age": "-1; DROP"}, False, 0),
        ({"Age": "9" * 40}, False, 0),
    ],
)
def test_a_copy_out_of_a_cache_is_known_by_what_the_cache_says(site, headers, kept, age):
    site.says("/", 200, b"x", headers)
    answer = asked(site)
    assert (answer.kept, answer.age) == (kept, age)


def test_what_a_stranger_says_is_one_short_line(site):
    site.says("/", 301, b"", {"Location": "x\x1b[2J\u202e" + "y" * 500})
    location = asked(site).location
    assert len(location) <= 160
    assert location.isprintable()


def test_pictures_are_measured_and_not_read(site):
    site.says("/photo", 200, b"\xff\xd8\xff", {"Content-Type": "image/jpeg"})
    answer = asked(site, "/photo")
    assert (answer.size, answer.text, answer.content_type) == (3, "", "image/jpeg")
