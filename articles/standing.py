"""Where a piece stands, as the desk shows it: its seals, its state in a word, whose move it is.

All of it follows from the piece, its newest review and the instant; nothing here is stored.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Correction, OwedSignature, Review, Signature
from articles.statuses import Status
from newsroom.people.models import User

# How the desk's addresses name the pieces that wait for the reader.
QUEUE, MINE = "queue", "mine"
REVIEW, OVERDUE, UNCLAIMED = "review", "overdue", "unclaimed"
ROUND = "round:"  # after the colon stands the round's name
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
    """Whose move it is, since when; ``mine`` when it is the reader's.

    ``waiting`` says that nobody has taken it on and nobody is known who could.
    """

    word: str
    since: datetime
    mine: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class Due:
    """By when a round should be done; ``late`` is how long that has passed, if it has."""

    at: datetime
    late: timedelta | None


@dataclass(frozen=True)
class Hand:
    """Somebody who may take a piece on, and for whom where it is as a deputy."""

    person: User
    on_behalf_of: User | None = None

    def __str__(self):
        return str(self.person)


def is_queue(asked: str) -> bool:
    """Say whether a view is a queue, which is read from its longest-waiting piece on."""
    return asked in (MINE, REVIEW, OVERDUE, UNCLAIMED) or asked.startswith(ROUND)


def with_reviews(articles):
    """Fetch what the seals need beside a queryset of articles: four further statements."""
    reviews = Review.objects.select_related("route", "submitted").prefetch_related(
        "route__rounds",
        Prefetch("signatures", Signature.objects.for_display()),
        Prefetch("owed_signatures", OwedSignature.objects.open(), to_attr="owing"),
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
    # A minor change is signed for the last round alone; the others go on to stand.
    passed = [each for each in (review, _followed(article, review)) if each]
    given = [signature for each in passed for signature in each.signatures.all()]
    owing = {debt.round_id: debt for each in passed for debt in _owing(each)}
    now = article.round_id
    return [
        _owed_seal(each, owing[each.pk]) if each.pk in owing else _seal(now, each, given)
        for each in review.route.rounds.all()
    ]


def _followed(article: Article, review: Review) -> Review | None:
    """Return the review whose signatures go on to stand beside that of a minor change."""
    if review.follows_id is None:
        return None
    fetched = getattr(article, "passages", None)
    if fetched is None:
        return review.follows
    return next((each for each in fetched if each.pk == review.follows_id), None)


def _owing(review: Review) -> list[OwedSignature]:
    fetched = getattr(review, "owing", None)
    return list(review.owed_signatures.open()) if fetched is None else fetched


def _owed_seal(each, debt: OwedSignature) -> Seal:
    word = _("signature refused") if debt.refused_at else _("signature owed")
    return Seal("补", each.name, "owed", word)


def marks(article: Article, at: datetime) -> list[State]:
    """Return what is to be said besides the state: what it owes, and which version is live."""
    found = []
    reviews = getattr(article, "passages", None)
    reviews = article.reviews.all() if reviews is None else reviews
    debts = [debt for review in reviews for debt in _owing(review)]
    refused = [debt for debt in debts if debt.refused_at]
    unsigned = [debt for debt in debts if not debt.refused_at]
    if refused:
        found.append(State(_("to be corrected or withdrawn"), "block", "stop"))
    if unsigned:
        found.append(_owing_state(unsigned, at))
    if article.status != Status.APPROVED and article.is_live(at):
        said = _("version {number} is live").format(number=article.sealed.number)
        found.append(State(said, "live", "ok"))
    return found


def _owing_state(debts: list[OwedSignature], at: datetime) -> State:
    count = len(debts)
    if any(debt.is_overdue(at) for debt in debts):
        said = ngettext(
            "owes {count} signature, overdue", "owes {count} signatures, overdue", count
        )
        return State(said.format(count=count), "late", "stop")
    said = ngettext("owes {count} signature", "owes {count} signatures", count)
    return State(said.format(count=count), "clock", "warn")


def debt_state(debt: OwedSignature, at: datetime) -> State:
    """Return where an owed signature stands; ``with_answers`` tells of corrections since."""
    if debt.signature_id:
        return State(_("signed late"), "signed", "ok")
    if debt.article.withdrawn_at:
        return State(_("Withdrawn"), "gone")
    if debt.refused_at and debt.corrected:
        return State(_("corrected"), "ok", "ok")
    if debt.refused_at:
        return State(_("to be corrected or withdrawn"), "block", "stop")
    if debt.is_overdue(at):
        return State(_("overdue"), "late", "stop")
    return State(_("owed"), "clock", "warn")


def correction_seals(correction: Correction) -> list[Seal]:
    """Return a seal for each round of a correction; fetch with ``for_desk`` for lists."""
    if correction.route is None:
        return []
    given = list(correction.signatures.all())
    signed = {signature.round_id for signature in given if signature.voided_at is None}
    rounds = list(correction.route.rounds.all())
    ahead = (each.pk for each in rounds if each.pk not in signed)
    now = next(ahead, None) if correction.waits else None
    return [_seal(now, each, given) for each in rounds]


def correction_state(correction: Correction) -> State:
    """Return where a correction stands, in a word."""
    if correction.signed_at is not None:
        return State(_("Public"), "signed", "ok")
    if correction.dropped_at is not None:
        return State(_("Dropped"), "gone")
    if correction.returned_at is not None:
        return State(_("Returned for changes"), "back", "warn")
    now = next((seal for seal in correction_seals(correction) if seal.look != "signed"), None)
    name = now.name if now else ""
    return State(_("waits for {round}").format(round=name), "review", "review")


def _seal(round_now: int | None, each, given: list) -> Seal:
    here = [signature for signature in given if signature.round_id == each.pk]
    standing = next((signature for signature in here if signature.voided_at is None), None)
    if standing:
        return Seal(each.seal, each.name, "signed", _("signed"), standing)
    if here:
        return Seal(each.seal, each.name, "void", _("signature void"), here[-1])
    if round_now == each.pk:
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


def due(article: Article, at: datetime) -> Due | None:
    """Return by when the round of a piece should be done, and how late it is at an instant."""
    if article.due_at is None:
        return None
    return Due(article.due_at, at - article.due_at if article.is_overdue(at) else None)


def move(article: Article, user, waiting_for_user: bool, hands=None) -> Move | None:
    """Return whose move it is; nobody's once a piece is signed off, rejected or discarded.

    ``waiting_for_user`` says that the piece is among those the user may take on now; ``hands``
    are the people who may, as ``crews.Crew`` knows them, or None where nobody has asked.
    """
    if article.status == Status.DRAFT:
        return _author_move(article, user)
    if article.status != Status.IN_REVIEW:
        return None
    if article.claimed_by_id == user.pk:
        return Move(_claimed(user, hands), article.claimed_at, mine=True)
    if article.claimed_by_id:
        return Move(_("with {name}").format(name=article.claimed_by), article.claimed_at)
    if waiting_for_user:
        return Move(_your_move(article, user, hands), article.moved_at, mine=True)
    return Move(for_whom(hands), article.moved_at, waiting=not hands)


def _represents(user, hands) -> User | None:
    """Return whom somebody would sign for as a deputy."""
    return next((hand.on_behalf_of for hand in hands or () if hand.person == user), None)


def _claimed(user, hands) -> str:
    if principal := _represents(user, hands):
        return _("claimed by you for {name}").format(name=principal)
    return _("claimed by you")


def _your_move(article: Article, user, hands) -> str:
    words = {"round": article.round.name, "name": _represents(user, hands)}
    if signed_before(article, user):
        return _("your move: sign again")
    if words["name"]:
        return _("your move for {name}: {round}").format(**words)
    if came_back(article):
        return _("your move: it has been changed as asked")
    return _("your move: {round}").format(**words)


def signed_before(article: Article, user) -> bool:
    """Say whether a later change has voided the user's own signature in this passage."""
    review = newest_review(article)
    given = review.signatures.all() if review else ()
    return any(s.signer_id == user.pk and s.voided_at is not None for s in given)


def came_back(article: Article) -> bool:
    """Say whether the passage before this one ended with the piece returned to its author."""
    fetched = getattr(article, "passages", None)
    passages = list(article.reviews.all()[:2] if fetched is None else fetched[:2])
    return len(passages) > 1 and passages[1].outcome == Review.Outcome.RETURNED


def for_whom(hands: list[Hand] | None) -> str:
    """Name those who may go on, the first few of them; None where that was not asked."""
    if hands is None:
        return _("claimed by nobody")
    if not hands:
        return _("nobody may sign it now")
    names = "、".join(str(hand) for hand in hands[:NAMED])
    if len(hands) <= NAMED:
        return _("waits for {names}").format(names=names)
    return _("waits for {names}, {count} people in all").format(names=names, count=len(hands))


def _author_move(article: Article, user) -> Move:
    keeper = article.kept_by or article.filed_by
    mine = keeper == user
    if mine and was_returned(article):
        return Move(_("your move: change it"), article.moved_at, mine=True)
    if mine:
        return Move(_("with you"), article.moved_at, mine=True)
    return Move(_("with {name}").format(name=keeper), article.moved_at)
