"""Where a piece stands, as the desk shows it: its seals, its state in a word, whose move it is.

All of it follows from the piece, its newest review and the instant; nothing here is stored.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Review, Signature
from articles.statuses import Status

# How the desk's addresses name the pieces that wait for the reader.
QUEUE, MINE = "queue", "mine"
NAMED = 3  # people that a line names


@dataclass(frozen=True)
class Seal:
    """A round's mark: ``look`` is signed, now, void or empty; ``word`` says it for the ear."""

    character: str
    name: str
    look: str
    word: str
    signature: Signature | None = None


@dataclass(frozen=True)
class State:
    """A state as shape, word and colour."""

    word: str
    icon: str
    tone: str = ""


@dataclass(frozen=True)
class Move:
    """Whose move it is, since when, due when, how late; ``mine`` when it is the reader's.

    ``waiting`` says that nobody has taken it on and nobody is known who could.
    """

    word: str
    since: datetime
    mine: bool = False
    waiting: bool = False
    due: datetime | None = None
    late: timedelta | None = None


def with_reviews(articles):
    """Fetch what the seals need beside a queryset of articles: three further statements."""
    reviews = Review.objects.select_related("route", "submitted").prefetch_related(
        "route__rounds", Prefetch("signatures", Signature.objects.for_display())
    )
    return articles.prefetch_related(Prefetch("reviews", reviews, to_attr="passages"))


def newest_review(article: Article) -> Review | None:
    """Return the passage that is under way, or the last one."""
    fetched = getattr(article, "passages", None)
    return next(iter(article.reviews.all() if fetched is None else fetched), None)


def seals(article: Article) -> list[Seal]:
    """Return a seal for each round of the piece's newest passage; a draft shows none."""
    review = newest_review(article)
    if review is None or article.status in (Status.DRAFT, Status.DISCARDED):
        return []
    given = list(review.signatures.all())
    return [_seal(article, each, given) for each in review.route.rounds.all()]


def _seal(article: Article, each, given: list[Signature]) -> Seal:
    here = [signature for signature in given if signature.round_id == each.pk]
    standing = next((signature for signature in here if signature.voided_at is None), None)
    if standing:
        return Seal(each.seal, each.name, "signed", _("signed"), standing)
    if here:
        return Seal(each.seal, each.name, "void", _("signature void"), here[-1])
    if article.round_id == each.pk:
        return Seal(each.seal, each.name, "now", _("under review"))
    return Seal(each.seal, each.name, "", _("not yet"))


def was_returned(article: Article) -> bool:
    """Say whether a draft is one because a reviewer gave it back."""
    review = newest_review(article)
    return (
        article.status == Status.DRAFT
        and review is not None
        and review.outcome == Review.Outcome.RETURNED
    )


def state(article: Article, at: datetime) -> State:
    """Return the state of a piece at an instant, in a word."""
    if article.withdrawn_at is not None:
        return State(_("Withdrawn"), "gone", "stop")
    if article.status == Status.DRAFT:
        return _draft_state(article)
    if article.status == Status.IN_REVIEW:
        return State(_("waits for {round}").format(round=article.round.name), "review", "review")
    if article.status == Status.APPROVED:
        return _approved_state(article, at)
    return State(str(article.get_status_display()), "gone")


def _draft_state(article: Article) -> State:
    if was_returned(article):
        return State(_("Returned for changes"), "back", "warn")
    if article.sealed_id:
        return State(_("Being revised"), "pen")
    return State(str(article.get_status_display()), "draft")


def _approved_state(article: Article, at: datetime) -> State:
    release = article.release
    if release is not None and release.held:
        return State(_("Held"), "block", "stop")
    if release is None or release.publish_at is None:
        return State(str(article.get_status_display()), "signed", "ok")
    if article.is_live(at):
        return State(_("Live"), "live", "ok")
    return State(_("Scheduled"), "clock", "ok")


def move(article: Article, user, waiting_for_user: bool, hands=None, at=None) -> Move | None:
    """Return whose move it is; nobody's once a piece is signed off, rejected or discarded.

    ``waiting_for_user`` says that the piece is among those the user may take on now; ``hands``
    are the people who may, as ``crews.Crew`` knows them, or None where nobody has asked.
    """
    if article.status == Status.DRAFT:
        return _author_move(article, user)
    if article.status != Status.IN_REVIEW:
        return None
    late = (at or timezone.now()) - article.due_at
    times = {"due": article.due_at, "late": late if late > timedelta(0) else None}
    if article.claimed_by_id == user.pk:
        return Move(_("claimed by you"), article.claimed_at, mine=True, **times)
    if article.claimed_by_id:
        held = _("with {name}").format(name=article.claimed_by)
        return Move(held, article.claimed_at, **times)
    if waiting_for_user:
        word = _("your move: {round}").format(round=article.round.name)
        return Move(word, article.moved_at, mine=True, **times)
    return Move(_for_whom(hands), article.moved_at, waiting=not hands, **times)


def _for_whom(hands) -> str:
    if hands is None:
        return _("claimed by nobody")
    if not hands:
        return _("nobody may sign it now")
    names = "、".join(str(hand) for hand in hands[:NAMED])
    if len(hands) <= NAMED:
        return _("waits for {names}").format(names=names)
    return _("waits for {names}, {count} people in all").format(names=names, count=len(hands))


def _author_move(article: Article, user) -> Move:
    mine = article.filed_by_id == user.pk
    if mine and was_returned(article):
        return Move(_("your move: change it"), article.moved_at, mine=True)
    if mine:
        return Move(_("with you"), article.moved_at, mine=True)
    return Move(_("with {name}").format(name=article.filed_by), article.moved_at)
