"""The desk speaks its user's language; the public site speaks the paper's."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language

from newsroom.people.middleware import DeskLanguageMiddleware
from newsroom.people.models import User


def language_at(path, user):
    request = RequestFactory().get(path)
    request.user = user
    return DeskLanguageMiddleware(lambda _request: HttpResponse(get_language()))(request)


@pytest.mark.parametrize(("chosen", "spoken"), [("en", "en"), ("zh-hans", "zh-hans")])
def test_the_desk_speaks_what_its_user_chose(chosen, spoken):
    answer = language_at("/admin/", User(username="x", language=chosen))
    assert answer.content.decode() == spoken
    assert answer.headers["Content-Language"] == spoken


def test_the_public_site_does_not_look_at_who_asks():
    class Hidden:
        def __getattr__(self, name):
            raise AssertionError("a public page asked who the reader is")

    answer = language_at("/articles/1/", Hidden())
    assert answer.content.decode() == "zh-hans"
    assert "Content-Language" not in answer.headers
