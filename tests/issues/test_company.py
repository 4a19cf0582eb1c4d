"""Who looks at a board: seen once, however often they say so, and only where they may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issues import company
from issues.models import BoardPresence
from newsroom.people.verdicts import RefusalError
from tests import factories


@pytest.fixture
def cast(db):
    return factories.Cast()


def test_somebody_is_there_once_and_stays_since_they_came(cast):
    issue = factories.issue(cast)
    company.be_here(issue, by=cast.chief)
    came = BoardPresence.objects.get().since
    company.be_here(issue, by=cast.chief)
    assert BoardPresence.objects.get().since == came


def test_who_comes_back_has_come_anew(cast):
    issue = factories.issue(cast)
    company.be_here(issue, by=cast.chief)
    long_ago = timezone.now() - timedelta(minutes=5)
    BoardPresence.objects.update(since=long_ago, seen_at=long_ago)
    assert not BoardPresence.objects.here(issue).exists()
    company.be_here(issue, by=cast.chief)
    assert BoardPresence.objects.here(issue).get().since > long_ago


def test_correspondents_are_not_there(cast):
    issue = factories.issue(cast)
    with pytest.raises(RefusalError, match=r"\S"):
        company.be_here(issue, by=cast.writer)
    assert not BoardPresence.objects.exists()


def test_a_mark_is_the_same_until_something_happens(cast):
    issue, other = factories.issue(cast), factories.issue(cast, day=timezone.localdate())
    mark = company.mark_of(issue)
    assert company.mark_of(issue) == mark != company.mark_of(other)
    company.be_here(issue, by=cast.chief)
    assert company.mark_of(issue) != mark
