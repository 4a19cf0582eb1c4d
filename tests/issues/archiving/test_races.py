"""Two people restore one archive at one moment: it comes once."""

import io

import pytest

from articles.models import ArchiveBatch, Article
from issues.archiving.workflow import restore_issue
from issues.models import Issue
from tests import factories
from tests.issues.archiving import scenes
from tests.test_concurrency import at_once

pytestmark = [pytest.mark.exhaustive, pytest.mark.django_db(transaction=True)]


def test_it_is_restored_once_and_the_other_is_told_that_it_is_there():
    archive = scenes.an_archive()
    cast = factories.Cast()
    done = []

    def restore(by):
        done.append(restore_issue(io.BytesIO(archive), by=by).batch)

    refusals = at_once(lambda: restore(cast.chief), lambda: restore(cast.administrator))
    assert refusals == [None, None]
    assert sum(batch is not None for batch in done) == 1
    assert (Issue.objects.count(), ArchiveBatch.objects.count(), Article.objects.count()) == (
        1,
        1,
        3,
    )
