"""Sittings that ended without a save: what was typed becomes a revision and a version, or is kept.

It is saved as its writer would have saved it: by the form, with all the form refuses. What cannot
be saved so, because somebody else has saved since or it has left its writer's hands, is kept and
offered. Nobody's words are put over anybody's.
"""

import logging
from enum import StrEnum

from django.contrib import admin
from django.db import transaction
from django.forms import all_valid
from django.http import HttpRequest
from django.utils import translation

from articles.models import Article, Autosave, Sitting
from articles.permissions import may_change, may_file
from articles.reconciling import settle
from articles.typed import as_posted, completed, notes
from articles.unsaved import began, caught_up, is_news
from articles.workflow import keeping, sittings
from newsroom.people.verdicts import RefusalError

log = logging.getLogger(__name__)
AT_ONCE = 200  # a run takes no more; the next is minutes away


class Kept(StrEnum):
    """Why typing was not saved by itself, and is offered instead."""

    MOVED = "moved"  # somebody else has saved since
    AWAY = "away"  # it is not its writer's to change any more
    INVALID = "invalid"  # the form would refuse it
    NOTES = "notes"  # there is a note for a verb, which only its writer can do


def fold_what_is_over() -> int:
    """Fold every sitting that is over; return how many became a revision or a version."""
    typing = list(Autosave.objects.silent().values_list("pk", flat=True)[:AT_ONCE])
    saved = list(Sitting.objects.over().values_list("pk", flat=True)[:AT_ONCE])
    done = sum(_one_fails_alone(fold, number) for number in typing)
    done += sum(_one_fails_alone(sittings.end_if_over, number) for number in saved)
    Autosave.objects.outlived().delete()
    return done


def _one_fails_alone(act, number: int) -> bool:
    try:
        return act(number)
    except Exception:
        log.exception("A sitting was not folded: %s %s", act.__name__, number)
        return False


def fold(number: int) -> bool:
    """Save what a silent page had sent, by the key of its row; say whether it became a revision."""
    with transaction.atomic():
        # The piece first, as every save locks it: two who wait for each other both lose.
        pieces = Article.objects.filter(autosaves=number).select_for_update(
            no_key=True, of=("self",)
        )
        article = pieces.first()
        rows = Autosave.objects.silent().select_for_update(
            no_key=True, of=("self",), skip_locked=True
        )
        row = rows.filter(pk=number).select_related("person").first()
        if row is None:
            return False
        if not is_news(row):
            keeping.drop(row, by=row.person)
            return False
        with translation.override(row.person.language or None):
            why = _objection(row, article) or _saved(row, article)
        if why:
            Autosave.objects.filter(pk=row.pk).update(kept_because=why)
        return not why


def _objection(row: Autosave, article: Article | None) -> Kept | None:
    if article is None:
        return None if may_file(row.person) and row.person.is_active else Kept.AWAY
    if not may_change(row.person, article):
        return Kept.AWAY
    unchosen, _asked = settle(as_posted(row.content))
    if unchosen or began(row, article) != article.revision:
        return Kept.MOVED
    return Kept.NOTES if notes(row.content) else None


def _saved(row: Autosave, article: Article | None) -> Kept | None:
    """Save typing by the form of a piece, as its writer; return why not where it refuses."""
    request = _as_posted(row, article)
    try:
        with transaction.atomic():
            piece = _by_the_form(request, article)
            if piece is None:
                return Kept.INVALID
            sittings.end(piece)
    except RefusalError:
        return Kept.INVALID
    return None


def _as_posted(row: Autosave, article: Article | None) -> HttpRequest:
    """Return what its writer's browser would have sent by pressing Save."""
    request = HttpRequest()
    request.method, request.user = "POST", row.person
    typed = completed(as_posted(row.content))
    if article is not None:
        typed = caught_up(typed, row, article)
        settle(typed)  # where they had chosen the other's words on a page of two, those stay
    request.POST = typed
    request.POST["page_key"], request.POST["sequence"] = row.page, str(row.sequence)
    return request


def _by_the_form(request: HttpRequest, article: Article | None) -> Article | None:
    """Do what the desk does with a posted form, without a page; None if it is not in order."""
    desk, change = admin.site.get_model_admin(Article), article is not None
    form = desk.get_form(request, article, change=change)(request.POST, instance=article)
    if not form.is_valid():
        return None
    piece = desk.save_form(request, form, change=change)
    formsets, _inlines = desk._create_formsets(request, piece, change=change)
    if not all_valid(formsets):
        return None
    desk.save_model(request, piece, form, change)
    desk.save_related(request, form, formsets, change)
    return piece
