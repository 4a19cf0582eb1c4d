"""The small benchmark finds its pages and counts what they ask."""

import pytest
from django.core.management import call_command

from newsroom.desk.measuring import measure


@pytest.mark.django_db
def test_an_empty_paper_has_a_front_page_to_measure():
    [front] = measure(rounds=2)
    assert front.kind == "front page"
    assert front.address == "/"
    assert front.statements > 0
    assert front.milliseconds > 0


@pytest.mark.django_db
def test_the_command_prints_a_line_a_page(capsys):
    call_command("bench", rounds=1)
    assert "statements" in capsys.readouterr().out
