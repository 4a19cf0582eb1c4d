"""The verbs of the board: place a piece, take it off, undo one's own move.

The issue's row is locked first, then the piece's, so that moves follow each other. Whoever moves
says which move of the piece they had seen last; by another one in between they are refused.
"""

from contextlib import contextmanager
from dataclasses import dataclass

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article
from issues import permissions
from issues.models import Issue, LayoutMove, Page, Placement
from issues.wording import moved_sentence
from newsroom.people.models import User
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand, first_objection

LEAD, NORMAL = Placement.Weight.LEAD, Placement.Weight.NORMAL


class MovedMeanwhileError(RefusalError):
    """Somebody moved the piece after the mover had looked."""


@dataclass(frozen=True)
class Spot:
    """Where a piece stands: page, place from 0, weight. The tray has none of them."""

    page: int | None = None
    position: int | None = None
    weight: str = ""


TRAY = Spot()


@contextmanager
def _on_the_board(issue: Issue, *, by: User, verb: str):
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb=verb):
        yield Issue.objects.select_for_update(no_key=True).get(pk=issue.pk)
    issue.refresh_from_db()


def _kept_still(article: Article) -> Article:
    """Return the piece, locked: two issues may want it at once."""
    return Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def place(
    issue: Issue,
    *,
    by: User,
    article: Article,
    page: int,
    weight: str | None = None,
    position: int | None = None,
    before: int | None = None,
    after: int | None = None,
    seen: int | None = None,
) -> Issue:
    """Put a piece on a page, or move it there.

    The place is before or after another piece (given by its key) where that still stands on the
    page, else the position, else where it stands already, else the last. Without a weight it keeps
    its own; a lead that comes to a page with a lead becomes normal. ``seen`` is the key of the
    piece's last move that the mover saw, 0 for none; a page that was dropped is then not made anew.
    """
    with _on_the_board(issue, by=by, verb="place") as locked:
        piece = _kept_still(article)
        demand(permissions.may_place(by, locked, piece))
        leaf = _leaf(locked, page, make=seen is None)
        here = Placement.objects.of_issue(locked).of_article(piece).select_related("page").first()
        others = list(leaf.placements.exclude(article=piece).order_by("position", "pk"))
        index = _index(others, leaf, here, position=position, before=before, after=after)
        spot = Spot(page, index, weight or _own_weight(here, leaf, others))
        if spot != _spot_of(here):
            _demand_as_seen(locked, piece, seen, by)
            _put(locked, piece, leaf, here, others, spot, by=by)
    return issue


def take_off(issue: Issue, *, by: User, article: Article, seen: int | None = None) -> Issue:
    """Take a piece off the issue; the piece itself stays. ``seen`` is as for ``place``."""
    with _on_the_board(issue, by=by, verb="take_off") as locked:
        piece = _kept_still(article)
        demand(permissions.may_lay_out(by, locked))
        here = Placement.objects.of_issue(locked).of_article(piece).select_related("page").first()
        if here is not None:
            _demand_as_seen(locked, piece, seen, by)
            _lift(locked, piece, here, by=by)
    return issue


def undo(issue: Issue, *, by: User, move: int | None = None) -> Issue:
    """Take back one's own last move, or the one of a key, if nobody has moved the piece since.

    Only what was done within the last 12 hours.
    """
    with _on_the_board(issue, by=by, verb="undo") as locked:
        demand(permissions.may_lay_out(by, locked))
        done = undoable(locked, by, move)
        demand(first_objection((done is None, _("There is no move of yours to undo."))))
        piece = _kept_still(done.article)
        last = LayoutMove.objects.of_issue(locked).of_article(piece).in_force().first()
        if last != done:
            raise MovedMeanwhileError(moved_sentence(last, by))
        _put_back(locked, piece, done, by=by)
        _reseat(locked, done)
    return issue


def undoable(issue: Issue, person: User, move: int | None = None) -> LayoutMove | None:
    """Return somebody's last move on a board that is still in force, or the one of a key."""
    own = LayoutMove.objects.of_issue(issue).by_person(person).in_force().lately()
    return (own if move is None else own.filter(pk=move)).first()


def _leaf(issue: Issue, number: int, *, make: bool) -> Page:
    if make:
        return Page.objects.get_or_create(issue=issue, number=number)[0]
    leaf = issue.pages.numbered(number).first()
    sentence = _("The issue has no page {number}.").format(number=number)
    demand(first_objection((leaf is None, sentence)))
    return leaf


def _index(others: list[Placement], leaf: Page, here: Placement | None, **near) -> int:
    """Return at which place among the others of a page the piece is to stand."""
    keys = [each.article_id for each in others]
    if near["before"] in keys:
        return keys.index(near["before"])
    if near["after"] in keys:
        return keys.index(near["after"]) + 1
    if near["position"] is not None:
        return min(near["position"], len(others))
    if here is not None and here.page_id == leaf.pk:
        return sum(each.position < here.position for each in others)
    return len(others)


def _own_weight(here: Placement | None, leaf: Page, others: list[Placement]) -> str:
    """Return the weight a piece brings along: a lead does not push another from its page."""
    if here is None:
        return NORMAL
    comes_to_a_lead = here.page_id != leaf.pk and any(each.weight == LEAD for each in others)
    return NORMAL if here.weight == LEAD and comes_to_a_lead else here.weight


def _spot_of(placement: Placement | None) -> Spot:
    if placement is None:
        return TRAY
    return Spot(placement.page.number, placement.position, placement.weight)


def _demand_as_seen(issue: Issue, piece: Article, seen: int | None, by: User) -> None:
    """Refuse where the piece's last move is not the one the mover had seen."""
    if seen is None:
        return
    last = LayoutMove.objects.of_issue(issue).of_article(piece).first()
    if (last.pk if last else 0) != seen:
        raise MovedMeanwhileError(moved_sentence(last, by))


def _put(issue, piece, leaf, here, others, spot: Spot, *, by: User, undoes=None) -> None:
    """Write where a piece stands now, close the gap it leaves, and record the move."""
    came_from, unseated = _spot_of(here), None
    if spot.weight == LEAD:
        unseated = next((each for each in others if each.weight == LEAD), None)
    if unseated is not None:
        unseated.weight = NORMAL
        unseated.save(update_fields=["weight"])
    _number([*others[: spot.position], None, *others[spot.position :]])
    if here is None:
        Placement.objects.create(
            page=leaf, article=piece, position=spot.position, weight=spot.weight
        )
    else:
        left = here.page
        here.page, here.position, here.weight = leaf, spot.position, spot.weight
        here.save(update_fields=["page", "position", "weight"])
        if left != leaf:
            _number(list(left.placements.order_by("position", "pk")))
    _record(issue, piece, came_from, spot, by=by, unseated=unseated, undoes=undoes)


def _lift(issue: Issue, piece: Article, here: Placement, *, by: User, undoes=None) -> None:
    came_from, leaf = _spot_of(here), here.page
    here.delete()
    _number(list(leaf.placements.order_by("position", "pk")))
    _record(issue, piece, came_from, TRAY, by=by, undoes=undoes)


def _number(row: list[Placement | None]) -> None:
    """Count the pieces of a page from 0, without a gap; None keeps a place free."""
    changed = [each for place, each in enumerate(row) if each and each.position != place]
    for place, each in enumerate(row):
        if each:
            each.position = place
    Placement.objects.bulk_update(changed, ["position"])


def _record(issue, piece, came_from: Spot, spot: Spot, *, by: User, unseated=None, undoes=None):
    LayoutMove.objects.create(
        issue=issue,
        article=piece,
        by=by,
        from_page=came_from.page,
        from_position=came_from.position,
        from_weight=came_from.weight,
        to_page=spot.page,
        to_position=spot.position,
        to_weight=spot.weight,
        unseated_id=unseated.article_id if unseated else None,
        undoes=undoes,
    )


def _put_back(issue: Issue, piece: Article, done: LayoutMove, *, by: User) -> None:
    """Let a piece stand where it stood before a move, or lie in the tray again."""
    here = Placement.objects.of_issue(issue).of_article(piece).select_related("page").first()
    if done.from_page is None:
        if here is not None:
            _lift(issue, piece, here, by=by, undoes=done)
        return
    demand(permissions.may_place(by, issue, piece))
    leaf = _leaf(issue, done.from_page, make=False)
    others = list(leaf.placements.exclude(article=piece).order_by("position", "pk"))
    led = any(each.weight == LEAD for each in others)
    weight = NORMAL if done.from_weight == LEAD and led else done.from_weight
    spot = Spot(done.from_page, min(done.from_position, len(others)), weight)
    _put(issue, piece, leaf, here, others, spot, by=by, undoes=done)


def _reseat(issue: Issue, done: LayoutMove) -> None:
    """Give the lead back to the piece that had lost it by an undone move."""
    if done.unseated_id is None:
        return
    on_page = Placement.objects.of_issue(issue).on_page(done.to_page)
    former = on_page.filter(article=done.unseated_id).first()
    if former is not None and not on_page.filter(weight=LEAD).exists():
        former.weight = LEAD
        former.save(update_fields=["weight"])
