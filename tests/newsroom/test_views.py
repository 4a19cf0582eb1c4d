"""What answers for the whole site."""

import pytest
from django.db import DatabaseError, connection
from django.test import RequestFactory

from newsroom import views


@pytest.mark.django_db
def test_an_unknown_address_is_answered_kindly_and_kept_by_nobody(client):
    answer = client.get("/nirgends/")
    assert answer.status_code == 404
    assert "这个网址没有对应的网页" in answer.content.decode()
    assert "nirgends" not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_failure_is_answered_without_the_database():
    answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "我们这边出了点故障" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_failure_in_a_page_shows_that_answer(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("issues.views.arrange", None)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "我们这边出了点故障" in answer.content.decode()


def test_crawlers_are_welcome_and_learn_no_address_of_the_desk(client):
    answer = client.get("/robots.txt")
    assert answer.content.decode().startswith("User-agent: *\n")
    assert "admin" not in answer.content.decode()


def test_the_process_says_that_it_answers(client):
    assert client.get("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_readiness_asks_the_database(client, monkeypatch):
    assert client.get("/readyz").status_code == 200

    def unreachable():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", unreachable)
    assert client.get("/readyz").status_code == 503
