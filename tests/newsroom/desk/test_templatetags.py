"""The parts desk pages are made of."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import timezone

from newsroom.desk.templatetags import desk
from tests import factories

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


def rendered(source: str, **context) -> str:
    """Render a template that loads the desk's tags."""
    return Template("{% load desk desk_lists %}" + source).render(Context(context))


def test_every_symbol_that_is_named_is_drawn():
    sprite = (TEMPLATES / "desk" / "_sprite.html").read_text(encoding="utf-8")
    drawn = set(re.findall(r'id="s-(\w+)"', sprite))
    named = {
        name
        for file in TEMPLATES.rglob("*.html")
        for name in re.findall(r'\{% icon "(\w+)" %\}', file.read_text(encoding="utf-8"))
    }
    assert named - drawn == set()


def test_marks_escape_what_they_mark():
    parts = (("equal", "<b>", "<b>"), ("replace", "<i>", "<u>"))
    shown = rendered("{% marks parts %}", parts=parts)
    assert shown == "&lt;b&gt;<del>&lt;i&gt;</del><ins>&lt;u&gt;</ins>"


def test_each_column_shows_its_own_text():
    parts = (("equal", "同", "同"), ("replace", "旧", "新"))
    assert rendered('{% marks parts "old" %}', parts=parts) == "同<del>旧</del>"
    assert rendered('{% marks parts "new" %}', parts=parts) == "同<ins>新</ins>"


def test_unchanged_stretches_beside_a_change_are_cut_short():
    parts = (
        ("equal", "一" * 40, "一" * 40),
        ("replace", "旧", "新"),
        ("equal", "二" * 40, "二" * 40),
    )
    shown = rendered("{% marks parts|only_changes %}", parts=parts)
    assert shown == f"…{'一' * 6}<del>旧</del><ins>新</ins>{'二' * 6}…"


def test_an_instant_is_told_as_briefly_as_it_can_be():
    now = timezone.localtime().replace(hour=12, minute=5)
    assert desk.moment(now) == "12:05"
    other_year = now.replace(year=2001, month=3, day=4)
    assert desk.moment(other_year) == "2001年3月4日 12:05"
    assert desk.moment(None) == ""


def test_waiting_is_told_in_two_units_at_most():
    assert "26" not in desk.waited(timezone.now() - timedelta(hours=26))
    assert desk.waited(None) == ""


@pytest.mark.django_db
def test_a_seal_bar_says_for_the_ear_what_it_shows():
    cast = factories.Cast()
    article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
    shown = rendered("{% seals article %}", article=article)
    assert 'role="img"' in shown
    assert "初审 已签" in shown
    assert 'class="seal signed"' in shown


def test_every_verb_in_a_history_has_a_word():
    assert all(desk.verb_word(verb) != verb for verb in desk.HISTORY)
    assert desk.verb_word("unheard_of") == "unheard_of"
