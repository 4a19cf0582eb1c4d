"""The server of the demo."""

import socket

import pytest
from django.core.management.base import CommandError

from newsroom.demo import serving


def test_a_port_in_use_is_named_in_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=str(port)):
            serving.demand_free(port)
    serving.demand_free(port)


@pytest.mark.parametrize("port", [70000, -1])
def test_an_impossible_port_is_refused(port):
    with pytest.raises(CommandError, match="PORT=8080"):
        serving.demand_free(port)


def test_the_demo_fills_no_database_of_others(settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="DATABASE_URL"):
        serving.prepare()
