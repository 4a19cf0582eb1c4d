"""The documents keep what they promise: links that lead somewhere, lists that are complete."""

import re
from pathlib import Path

import django
import polib
import pytest
from django.apps import apps
from django.db import models

from articles.statuses import TRANSITIONS as ARTICLE_MOVES
from issues.statuses import ASSIGNMENT_MOVES
from issues.statuses import TRANSITIONS as ISSUE_MOVES
from tests import outline

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
OURS = ("people", "articles", "issues", "desk", "readers")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text("utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_architecture_says_of_every_module_what_it_says_of_itself():
    """When this fails, ``make outline`` writes the list anew."""
    text = outline.DOCUMENT.read_text("utf-8")
    told = set(text.splitlines())
    assert [line for line in outline.outline().splitlines() if line not in told] == []
    named = re.findall(r"^- `((?:articles|issues|newsroom)/[^`]+\.py)`", text, re.MULTILINE)
    assert [path for path in named if not (PROJECT / path).exists()] == []


def test_every_module_says_what_it_is_for():
    assert [line for line in outline.outline().splitlines() if line.endswith("`: ")] == []


def test_dates_explains_every_date_of_every_model():
    text = (PROJECT / "docs" / "dates.md").read_text("utf-8")
    fields = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.local_fields
        if isinstance(field, models.DateField | models.TimeField)
    ]
    assert [name for name in fields if f"`{name}`" not in text] == []


def test_operators_are_told_every_variable_the_settings_read():
    settings = (PROJECT / "newsroom" / "settings.py").read_text("utf-8")
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', settings))
    text = (PROJECT / "docs" / "operators.md").read_text("utf-8")
    assert len(read) > 10
    assert [name for name in sorted(read) if f"`{name}`" not in text] == []


def test_the_handbook_quotes_what_the_screens_say():
    """Words in quotation marks are the desk's own; a name of nobody or an example is not."""
    text = (PROJECT / "docs" / "editors.md").read_text("utf-8")
    catalogues = [
        *PROJECT.glob("locale/zh_Hans/LC_MESSAGES/*.po"),
        *Path(django.__file__).parent.glob("contrib/*/locale/zh_Hans/LC_MESSAGES/django.po"),
    ]
    said = "\n".join(
        re.sub(r"%\(\w+\)s|\{\w+\}", "", sentence)
        for catalogue in catalogues
        for entry in polib.pofile(str(catalogue))
        for sentence in (entry.msgstr, *entry.msgstr_plural.values())
    )
    quoted = {word.rstrip("…") for word in re.findall("“([^“”]+)”", text)}
    composed = {word for word in quoted if re.search("某|几|增加|继续|手艺人", word)}
    assert len(quoted) > 60
    assert [word for word in sorted(quoted - composed) if word not in said] == []


def test_pictures_are_small_and_say_what_they_show():
    text = (PROJECT / "docs" / "editors.md").read_text("utf-8")
    shown = re.findall(r"!\[([^]]*)\]\(shots/([^)]+)\)", text)
    files = {file.name: file.stat().st_size for file in PROJECT.glob("docs/shots/*")}
    assert {name for _alternative, name in shown} == set(files)
    assert all(len(alternative) >= 5 for alternative, _name in shown)
    assert all(size <= 150_000 for size in files.values())


def test_decisions_say_where_they_stand():
    for record in PROJECT.glob("docs/adr/[0-9]*.md"):
        text = record.read_text("utf-8")
        assert "## Status" in text, record
        assert "## Consequences" in text, record
        assert len(text.splitlines()) <= 60, record


@pytest.mark.parametrize(
    ("heading", "transitions"),
    [
        ("A piece", ARTICLE_MOVES),
        ("An issue", ISSUE_MOVES),
        ("An assignment", ASSIGNMENT_MOVES),
    ],
)
def test_workflow_says_what_the_tables_of_moves_say(heading, transitions):
    text = (PROJECT / "docs" / "workflow.md").read_text("utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `(\w+)` \| ([\w, ]+) \| (\w+) \|$", section, re.MULTILINE)
    assert {move: (set(old.split(", ")), new) for move, old, new in told} == {
        move: ({str(state) for state in old}, str(new)) for move, (old, new) in transitions.items()
    }
