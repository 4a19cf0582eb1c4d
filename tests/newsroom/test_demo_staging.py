"""The demo newsroom at work, on a database of its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import (
    Article,
    Autosave,
    Correction,
    Lock,
    OwedSignature,
    Photo,
    Picture,
    Signature,
    Unsaved,
    Upload,
    Version,
    Withdrawal,
)
from articles.statuses import Status
from articles.unsaved import offers
from issues.models import Assignment, Issue
from issues.printing import errata_for, next_issue
from issues.statuses import AssignmentState
from newsroom.demo.meeting import TYPED
from newsroom.demo.staging import CAST, Staging, stage
from newsroom.demo.unsaved import ADDED
from newsroom.people.models import User
from tests.traces import speak_now

pytestmark = pytest.mark.django_db
PASSWORDS = dict.fromkeys(CAST, "Tangxi-2023-demo")


def counts():
    models = (Article, Issue, User, Version, Signature, Assignment, Autosave, Upload, Picture)
    return [model.objects.count() for model in models]


@pytest.mark.exhaustive
def test_a_newcomer_finds_a_filled_newspaper_and_a_second_run_keeps_it():
    today = timezone.localdate()
    stage(passwords=PASSWORDS, say=lambda line: None)
    live = Issue.objects.live().newest_first()
    assert [issue.date for issue in live] == [today, today - timedelta(days=1)]
    (soon,) = Issue.objects.waiting_for_their_hour()
    assert timedelta(0) < soon.release.publish_at - timezone.now() < timedelta(minutes=2)
    assert Issue.objects.planned().first().date == today + timedelta(days=1)
    assert Issue.objects.planned().exclude(planned_time=None).count() > 3
    assert {each.state for each in Assignment.objects.all()} == set(AssignmentState.values)
    assert Assignment.objects.handed_in().exists()
    assert set(Article.objects.values_list("status", flat=True)) == set(Status.values)
    assert Article.objects.filter(claimed_by__isnull=False).exists()
    assert Article.objects.live().outside_issues().exists()
    (offer,) = offers(User.objects.get(username="correspondent"), Autosave.objects.get().article)
    assert ADDED in offer.kept.content["body"][0]
    assert TYPED in Unsaved.objects.get().body
    assert Lock.objects.live().get().holder.username == "editor"
    assert Withdrawal.objects.exists()
    waiting = Upload.objects.of(User.objects.get(username="correspondent"))
    assert [waiting.taken().count(), waiting.on_the_way().count()] == [1, 1]
    assert Picture.objects.filter(shows_minors=True, consent="").exists()
    assert Photo.objects.exclude(photographer=None).exists()
    assert Correction.objects.public().exists()
    assert set(Version.objects.sealed().values_list("basis", flat=True)) == {
        "rounds", "minor", "emergency",
    }  # fmt: skip
    (owed,) = OwedSignature.objects.open()
    assert owed.round.name == "复审"
    assert Version.objects.noted().exists()
    assert "复审" in {each.next_round().name for each in Correction.objects.in_rounds()}
    assert [each.page for each in errata_for(next_issue(), [1, 2, 3, 4])] == [2]

    brought = Article.objects.get(headline="一把剪刀剪出小区百样花")
    assert (brought.acts.get().verb, brought.photos.count()) == ("file_word", 1)

    assert Picture.objects.showing_minors(without_consent=True).exists()
    speak_now()
    assert Picture.objects.alike().count() >= 4

    before = counts()
    stage(passwords=PASSWORDS, say=lambda line: None)
    assert counts() == before

    tomorrow = Staging(today=today + timedelta(days=1), passwords=PASSWORDS, say=lambda line: None)
    tomorrow.later_day()
    assert Issue.objects.live().newest_first().first().date == today + timedelta(days=1)
    assert Issue.objects.planned().first().date == today + timedelta(days=2)
    assert counts()[0] > before[0]
