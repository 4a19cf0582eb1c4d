"""Sittings: what one person saves in one go is one version, made when the sitting is over.

It is over when somebody else saves, or when nothing was saved or typed for half an hour.
"""

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Sitting, Version
from articles.models.autosaves import SILENCE
from articles.sealing import snapshot
from newsroom.people.models import User

# Elsewhere whoever moved the piece has made its version, and no newer one is wanted.
WRITTEN = {Article.Status.DRAFT, Article.Status.IN_REVIEW}


def end_anothers(stored: Article, *, by: User) -> None:
    """Make a version of somebody else's sitting, or of an earlier one, before a piece is changed.

    ``stored`` is the locked row as the database has it.
    """
    sitting = Sitting.objects.filter(article=stored, is_open=True).first()
    if sitting is None:
        return
    if sitting.person_id != by.pk or sitting.saved_at < timezone.now() - SILENCE:
        _end(sitting, stored)


def note_save(article: Article, *, by: User) -> None:
    """Note who saved a piece; the caller holds the lock and has ended sittings of others."""
    now = timezone.now()
    Sitting.objects.update_or_create(
        article=article,
        defaults={"person": by, "saved_at": now, "is_open": True},
        create_defaults={"person": by, "saved_at": now, "began_at": now},
    )


def end_if_over(number: int) -> bool:
    """Make the version of a sitting, by its key, if it is still over; say whether it ended."""
    with transaction.atomic():
        sitting = Sitting.objects.over().filter(pk=number).first()
        if sitting is None:
            return False
        stored = Article.objects.select_for_update(no_key=True).get(pk=sitting.article_id)
        # Whoever held the lock may have saved meanwhile.
        sitting = Sitting.objects.over().filter(pk=number).select_related("person").first()
        if sitting is None:
            return False
        _end(sitting, stored)
        return True


def end(article: Article) -> None:
    """Make the version of a piece's sitting now; the caller holds the lock."""
    sitting = Sitting.objects.filter(article=article, is_open=True).select_related("person").first()
    if sitting is not None:
        _end(sitting, Article.objects.get(pk=article.pk))


def _end(sitting: Sitting, stored: Article) -> None:
    if stored.status in WRITTEN:
        snapshot(stored, by=sitting.person, reason=Version.Reason.SITTING)
    sitting.is_open = False
    sitting.save(update_fields=["is_open"])
