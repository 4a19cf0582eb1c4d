"""What the archive of an issue costs: 40 pieces, 60 photographs of 2400 pixels.

``python -m pytest -n 0 -s -m exhaustive tests/bench_archives.py``: lines to compare on one machine,
not to quote.
"""

import io
import sys
import time

import pytest

from articles import darkroom
from articles.images import develop
from articles.markup import from_paragraphs
from issues import workflow as issue_workflow
from issues.archiving.exporting import pack
from issues.archiving.workflow import restore_issue
from tests import factories, memory, photographs
from tests.issues.archiving import scenes

pytestmark = [pytest.mark.exhaustive, pytest.mark.django_db]
PIECES, PHOTOS = 40, 60
PARAGRAPH = "棠溪区用一个夏秋换下老旧供热管线，三十二个小区提前十天送暖，居民不再等待。" * 4


def shot(seed: int):
    """Keep a photograph with the files that are made at once."""
    file = io.BytesIO()
    photographs.photograph(seed, (600, 400)).resize(photographs.WIDE).save(file, "JPEG", quality=95)
    developed = develop(file.getvalue())
    darkroom.keep(developed)
    return developed


def issue(cast):
    """Make a live issue in which no photograph stands twice."""
    pieces = []
    for number in range(PIECES):
        article = factories.draft(cast, body=from_paragraphs([PARAGRAPH] * 5))
        for photo in range(2 if number < PHOTOS - PIECES else 1):
            photographs.hung(article, shot(2 * number + photo), position=photo)
        pieces.append(scenes.signed(cast, article))
    made = factories.issue(cast, pages=[(page, "综合") for page in range(1, 9)])
    for number, article in enumerate(pieces):
        issue_workflow.place(made, by=cast.issue_editor, article=article, page=1 + number // 5)
    issue_workflow.close(made, by=cast.issue_editor)
    return issue_workflow.schedule(made, by=cast.issue_editor)


def test_what_an_archive_costs(tmp_path):
    made, path = issue(factories.Cast()), tmp_path / "issue.zip"
    before, start = memory.peak(), time.perf_counter()
    with path.open("w+b") as file:
        pack(made, file)
    told("export", start, before, path)
    scenes.emptied()
    before, start = memory.peak(), time.perf_counter()
    with path.open("rb") as file:
        done = restore_issue(file, by=factories.User.objects.get(username="admin"))
    told("restore", start, before, path)
    assert done.look.count("new") == PIECES


def told(what, start, before, path):
    seconds, size = time.perf_counter() - start, path.stat().st_size / 1_000_000
    grown = memory.peak() - before
    sys.stdout.write(f"{what}: {seconds:.1f} s, {size:.1f} MB, {grown:.0f} MB of memory more\n")
