"""What machines and operators ask, and what everybody sees when something is not there."""

import pytest
from django.db import connection

from newsroom import views


def test_the_process_answers_without_its_database(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_process_with_its_database_is_ready(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_process_without_its_database_says_503(client):
    connection.close()
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(connection.settings_dict, "NAME", "a_database_that_is_not_there")
        assert client.get("/readyz").status_code == 503
    connection.close()
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt"])
def test_machines_may_only_look(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_answers_in_the_papers_words(client):
    answer = client.get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_what_broke_is_answered_without_asking_the_database(rf):
    answer = views.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert b"<html" in answer.content
    assert answer.headers["Cache-Control"] == "no-store"


def test_crawlers_are_welcome(client):
    assert b"Allow: /" in client.get("/robots.txt").content
