"""Verbs of typing that is not saved yet: keep it, drop it, know it saved.

None of them is an act: what is typed is nobody else's business until it is saved.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models.functions import Now

from articles import permissions
from articles.models import Article, Autosave
from articles.models.autosaves import BREATH
from articles.typed import Content
from newsroom.people.models import User
from newsroom.people.verdicts import demand


@dataclass(frozen=True)
class Typing:
    """What a page sends: its key, the number of this sending, what its form would post.

    ``takes`` is the key of the page whose typing was taken into this one, and its number. What
    comes sooner than ``breath`` after the last is not kept.
    """

    page: str
    sequence: int
    content: Content
    began_from: int | None = None
    takes: tuple[str, int] | None = None
    breath: timedelta = BREATH


def keep(typing: Typing, article: Article | None, *, by: User) -> bool:
    """Keep what a page of somebody's holds; say whether it was, or what it sent later stands.

    Kept is also what was typed into a piece that has left its author's hands meanwhile.
    """
    demand(permissions.may_keep(by, article))
    kept = Autosave.objects.keep(
        person=by,
        article=article,
        page=typing.page,
        sequence=typing.sequence,
        began_from=typing.began_from,
        content=typing.content,
        breath=typing.breath,
    )
    if kept and typing.takes:
        page, sequence = typing.takes
        _forget(Autosave.objects.of_page(by, page).filter(sequence__lte=sequence))
    return kept


def hear(page: str, *, by: User) -> None:
    """Note that a page is still open, so that its sitting is not over."""
    Autosave.objects.of_page(by, page).unsaved().update(seen_at=Now())


def drop(kept: Autosave, *, by: User) -> None:
    """Drop typing that was not saved; nothing of it is left."""
    _forget(Autosave.objects.of(by).filter(pk=kept.pk))


def _forget(rows) -> None:
    rows.update(content={}, seen_at=Now())


def know_saved(page: str, sequence: int, article: Article, *, by: User) -> None:
    """Fold what a page had sent: it is a revision now. The caller's transaction is the save's.

    The row stays without its content, so that what the page sent before and comes late is known.
    What it sent later than ``sequence`` is not in the revision, and stays.
    """
    rows = Autosave.objects.of_page(by, page)
    rows.get_or_create(person=by, page=page, defaults={"sequence": sequence, "article": article})
    rows.filter(sequence__lte=sequence).update(
        sequence=sequence,
        article=article,
        content={},
        folded_revision=article.revision,
        seen_at=Now(),
    )
