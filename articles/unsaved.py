"""Typing that somebody left unsaved: what of it is new, and how it is given back to the form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.conflicts import Clash, clashes, words_typed
from articles.models import Article, Autosave
from articles.permissions import may_edit, may_keep
from articles.reconciling import settle
from articles.typed import as_posted, completed, has_words, notes, rows_of
from newsroom.people.models import User

TAKEN = "_taken"
# A page that was heard of so lately is likely to be open in another window.
LATELY = timedelta(minutes=1)
# What a form shows beside its words.
CHOSEN = {"section": "section_id", "kind": "kind", "unit_head": "unit_head", "slug": "slug"}
ROWS = {
    "bylines": ("correspondent", "name", "role", "credit"),
    "photos": ("caption", "credit", "alternative_text"),
}


@dataclass(frozen=True)
class Offer:
    """Typing offered back to its writer: where it differs, and what taking it would mean."""

    kept: Autosave
    changes: list[Clash]
    words: list[tuple[str, str]]
    moved_on: bool
    may_take: bool

    @property
    def is_open_elsewhere(self) -> bool:
        """Say whether its page was heard of a moment ago."""
        return self.kept.seen_at > timezone.now() - LATELY


def offers(user: User, article: Article | None, besides: Iterable[str] = ()) -> list[Offer]:
    """Return what somebody left unsaved in a piece, or with None in new ones, the newest first.

    What equals the piece as it is stored is no news. ``besides`` are the page that asks and the one
    whose typing it has taken.
    """
    rows = Autosave.objects.offered(user, article, besides=besides)
    if article is None:
        return [_of_new(row) for row in rows if has_words(row.content)]
    takeable = bool(may_edit(user, article))
    found = [_of_piece(row, article, user, takeable) for row in rows]
    return [
        offer
        for offer in found
        if offer.changes or offer.words or _chooses_otherwise(offer.kept, article)
    ]


def is_news(row: Autosave) -> bool:
    """Say whether unsaved typing holds anything that is not stored."""
    article = row.article
    if article is None:
        return has_words(row.content)
    offer = _of_piece(row, article, row.person, takeable=True)
    return bool(offer.changes or offer.words) or _chooses_otherwise(row, article)


def _of_new(row: Autosave) -> Offer:
    words = words_typed(as_posted(row.content))
    return Offer(row, [], words, moved_on=False, may_take=bool(may_keep(row.person, None)))


def _of_piece(row: Autosave, article: Article, user: User, takeable: bool) -> Offer:
    began_from, typed = began(row, article), as_posted(row.content)
    settle(typed)
    changes = clashes(typed, article, began_from, by=user)
    mine = [change for change in changes if not change.only_theirs]
    words = [(_("Note"), note) for note in notes(row.content)]
    return Offer(row, mine, words, began_from != article.revision, takeable)


def _chooses_otherwise(row: Autosave, article: Article) -> bool:
    return any(
        row.content.get(name, [""])[-1] != str(getattr(article, attribute) or "")
        for name, attribute in CHOSEN.items()
        if name in row.content
    )


def began(row: Autosave, article: Article) -> int | None:
    """Return the revision typing goes on from: its own, where that was saved meanwhile."""
    return article.revision if row.is_caught_up(article) else row.began_from


def given_back(row: Autosave, article: Article | None) -> QueryDict:
    """Return unsaved typing as the form would post it, to be shown in it and not yet saved."""
    typed = completed(as_posted(row.content))
    typed[TAKEN] = "1"
    typed["takes"] = f"{row.page}:{row.sequence}"
    if article is not None:
        return caught_up(typed, row, article)
    return typed


def caught_up(typed: QueryDict, row: Autosave, article: Article) -> QueryDict:
    """Return what a page typed, going on from the revision in which its own words were saved.

    Where somebody else has saved since, it goes on from where it began, for the door to compare.

    Rows that were new to the page are in that revision already, and not made twice.
    """
    settled = typed.copy()
    settled["read_revision"] = str(began(row, article))
    if row.folded_revision is None:
        return settled
    for prefix, names in ROWS.items():
        stored = [_told(each, names) for each in getattr(article, prefix).all()]
        for start in _new_rows(settled, prefix):
            if settled.get(f"{start}taken"):
                continue  # it comes under its own number, and so once
            words = tuple(settled.get(f"{start}{name}", "").strip() for name in names)
            if words in stored:
                settled[f"{start}DELETE"] = "on"
    return settled


def _told(row, names) -> tuple[str, ...]:
    values = (getattr(row, "correspondent_id" if n == "correspondent" else n) for n in names)
    return tuple(str(value or "") for value in values)


def _new_rows(typed: QueryDict, prefix: str) -> list[str]:
    return [start for _index, start in rows_of(typed, prefix) if not typed.get(f"{start}id")]
