"""A check asks for what must not be there; that it is not there is no news."""

import logging

import pytest
from django.test import RequestFactory

from newsroom.people.quiet import AGENT, NotAskedByTheWatch


@pytest.mark.parametrize(
    ("agent", "status", "written"),
    [(AGENT, 404, False), (AGENT, 410, False), (AGENT, 500, True), ("curl", 404, True)],
)
def test_only_what_a_check_expects_is_left_out(agent, status, written):
    line = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: /x", (), None)
    line.request, line.status_code = RequestFactory().get("/x", HTTP_USER_AGENT=agent), status
    assert NotAskedByTheWatch().filter(line) is written


def test_a_line_without_a_question_is_written():
    line = logging.LogRecord("newsroom", logging.ERROR, "", 0, "x", (), None)
    assert NotAskedByTheWatch().filter(line)
