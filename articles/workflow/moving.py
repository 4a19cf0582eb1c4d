"""What every verb does: lock the row, name who acts, move by the table, record — or refuse."""

from contextlib import contextmanager
from datetime import datetime
from functools import wraps

import pghistory
from django.db import transaction
from django.utils import timezone

from articles.models import Act, Article, Review
from articles.statuses import TRANSITIONS
from newsroom.people.models import SiteSettings, User
from newsroom.people.queueing import later
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import demand, first_objection
from newsroom.people.working_time import after


@contextmanager
def acting(by: User, name: str):
    """Do what follows in one transaction, with who acts in the history."""
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb=name):
        yield


def moving(function):
    """Run a verb on the locked row in one transaction, with who acts in the history."""

    @wraps(function)
    def verb(article: Article, *, by: User, **how) -> Article:
        with acting(by, function.__name__):
            # Nothing beside it: who has waited for the lock would get the row as it is now, but
            # what was joined as it was before (PostgreSQL manual, 13.2.1).
            locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
            function(locked, by=by, **how)
        article.refresh_from_db()
        return article

    return verb


def move(article: Article, verb: str, **changes) -> None:
    """Put the piece where the table says, out of everybody's hands, waiting from now on."""
    article.status = TRANSITIONS[verb][1]
    article.round = changes.pop("round", None)
    article.claimed_by = article.claimed_at = None
    article.moved_at = timezone.now()
    article.due_at = _due(article, article.moved_at)
    for name, value in changes.items():
        setattr(article, name, value)
    article.save(
        update_fields=[
            "status", "round", "claimed_by", "claimed_at", "moved_at", "due_at", *changes
        ]
    )  # fmt: skip


def _due(article: Article, begun: datetime) -> datetime | None:
    """Return by when a round that begins now should be done; nothing outside a review.

    The days and hours are those of the paper's time zone.
    """
    if article.status != Article.Status.IN_REVIEW:
        return None
    newsroom = SiteSettings.current()
    own = article.section.review_hours if article.section else None
    return after(timezone.localtime(begun), own or newsroom.review_hours, newsroom.hours)


def record(article: Article, verb: str, *, by: User, **details) -> Act:
    """Write down what was done, and have whom it concerns told once it stands."""
    act = Act.objects.create(article=article, verb=verb, by=by, **details)
    later("act_recorded", after=f"article {article.pk}", act=act.pk)
    return act


def required(text: str, sentence: str) -> str:
    demand(first_objection((not text.strip(), sentence)))
    return text.strip()


def end(review: Review, outcome: Review.Outcome) -> None:
    review.ended_at, review.outcome = timezone.now(), outcome
    review.save(update_fields=["ended_at", "outcome"])
