"""The documents keep what they promise: links that lead somewhere, lists that are complete."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from articles.statuses import TRANSITIONS as ARTICLE_MOVES
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


def test_decisions_say_where_they_stand():
    for record in PROJECT.glob("docs/adr/[0-9]*.md"):
        text = record.read_text("utf-8")
        assert "## Status" in text, record
        assert "## Consequences" in text, record
        assert len(text.splitlines()) <= 60, record


@pytest.mark.parametrize(
    ("heading", "transitions"), [("A piece", ARTICLE_MOVES), ("An issue", ISSUE_MOVES)]
)
def test_workflow_says_what_the_tables_of_moves_say(heading, transitions):
    text = (PROJECT / "docs" / "workflow.md").read_text("utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `(\w+)` \| ([\w, ]+) \| (\w+) \|$", section, re.MULTILINE)
    assert {move: (set(old.split(", ")), new) for move, old, new in told} == {
        move: ({str(state) for state in old}, str(new)) for move, (old, new) in transitions.items()
    }
