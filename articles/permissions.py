"""May this person …? Each answer is a verdict: yes, or no with the reason in a sentence.

Workflow, desk, preview and API ask the same functions. Being superuser or administrator gives no
right to sign: only membership in the round's group does, or acting for a member as a deputy.
"""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.checklist import missing_before_review, missing_before_signature
from articles.models import Article, Byline, Correction, Round
from articles.statuses import TRANSITIONS
from newsroom.people.models import Deputy, User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection

EDITORS = (Role.EDITOR, Role.DESK_HEAD, Role.CHIEF_EDITOR)
PUBLISHERS = (Role.CHIEF_EDITOR, Role.ISSUE_EDITOR)


def sees_everything(user: User) -> bool:
    """Editors of every rank, issue editors and administrators see all pieces."""
    return user.is_active and (
        user.is_superuser or user.holds(*EDITORS, Role.ISSUE_EDITOR, Role.ADMINISTRATOR)
    )


def is_author(user: User, article: Article) -> bool:
    """Whoever filed a piece or is named in it."""
    if article.filed_by_id == user.pk:
        return True
    return Byline.objects.filter(article=article, correspondent__user=user).exists()


def is_own(user: User, article: Article) -> bool:
    """Say whether a piece is this person's own, which somebody else must sign.

    A name under it that belongs to no account counts for everybody who is called so.
    """
    if is_author(user, article):
        return True
    nobodys = article.bylines.filter(correspondent__user=None).select_related("correspondent")
    return any("".join(byline.printed_name.split()) == user.name for byline in nobodys)


def may_see(user: User, article: Article) -> Verdict:
    """Correspondents see only what they filed or are named in."""
    allowed = user.is_active and (sees_everything(user) or is_author(user, article))
    return YES if allowed else Verdict(_("This piece is not yours."))


def may_file(user: User) -> Verdict:
    """Say whether this person may write pieces."""
    allowed = user.holds(*EDITORS, Role.CORRESPONDENT, Role.ISSUE_EDITOR)
    return YES if allowed else Verdict(_("Your role does not write pieces."))


def may_edit(user: User, article: Article) -> Verdict:
    """Drafts: who filed it, and editors. In review: whoever has claimed it. Otherwise nobody."""
    if article.status == Article.Status.DRAFT:
        return _may_handle(user, article)
    if article.status != Article.Status.IN_REVIEW:
        return Verdict(_("It is not being written or reviewed now; take it up for revision first."))
    if article.claimed_by_id != user.pk:
        return Verdict(_("In review only the person who has claimed it changes it."))
    return may_act_in_round(user, article)


def _may_handle(user: User, article: Article) -> Verdict:
    allowed = article.filed_by_id == user.pk or user.holds(*EDITORS, Role.ISSUE_EDITOR)
    return YES if user.is_active and allowed else Verdict(_("This piece is not yours."))


def stands_where(article: Article, verb: str) -> Verdict:
    """Say whether the table of moves has this verb for the piece's status."""
    if article.status in TRANSITIONS[verb][0]:
        return YES
    return Verdict(
        _("That cannot be done with a piece that is “{status}”.").format(
            status=article.get_status_display()
        )
    )


def may_submit(user: User, article: Article) -> Verdict:
    """A draft that has what reviewers need, by who filed it or an editor."""
    missing = missing_before_review(article)
    return (
        stands_where(article, "submit")
        and _may_handle(user, article)
        and first_objection(
            (article.withdrawn_at is not None, _("It has been withdrawn.")),
            (bool(missing), "".join(missing)),
            (
                not Round.objects.filter(route__is_in_force=True).exists(),
                _("No review is laid down; an administrator sets its rounds."),
            ),
        )
    )


def may_recall(user: User, article: Article) -> Verdict:
    """Who filed it may take it back until somebody has claimed or signed it."""
    return stands_where(article, "recall") and first_objection(
        (
            article.filed_by_id != user.pk or not user.is_active,
            _("Only who filed it can take it back."),
        ),
        (
            article.claimed_by_id is not None,
            _("{name} has claimed it already.").format(name=article.claimed_by),
        ),
        (
            article.review is not None and article.review.signatures.standing().exists(),
            _("It has been signed already; ask for it to be returned."),
        ),
    )


def _may_stand_for(user: User, in_round: Round) -> list[User]:
    """Return whom somebody signs for in a round: themselves, or the members they act for."""
    if not user.is_active:
        return []
    if user.groups.filter(pk=in_round.group_id).exists():
        return [user]
    acting = Deputy.objects.on(timezone.localdate()).filter(
        deputy=user, principal__is_active=True, principal__groups=in_round.group_id
    )
    return [each.principal for each in acting.select_related("principal").order_by("pk")]


def _free_to_sign(person: User, article: Article) -> Verdict:
    """Say what keeps one person's name from standing under a piece."""
    signed = article.review.signatures.standing()
    return first_objection(
        (is_own(person, article), _("Nobody signs a piece they filed or are named in.")),
        (
            signed.filter(Q(signer=person) | Q(on_behalf_of=person)).exists(),
            _("Nobody signs two rounds of one piece."),
        ),
    )


def represented(user: User, article: Article) -> User | None:
    """Return whom this person signs a piece for: of several members the first who may."""
    people = _may_stand_for(user, article.round)
    return next((person for person in people if _free_to_sign(person, article)), None) or next(
        iter(people), None
    )


def may_act_in_round(user: User, article: Article) -> Verdict:
    """Members of the round's group or their deputies; never authors; nobody in two rounds."""
    standing = stands_where(article, "sign")
    if not standing:
        return standing
    person = represented(user, article)
    if person is None:
        return Verdict(_("{round} is signed by others.").format(round=article.round.name))
    return (
        _free_to_sign(user, article)
        and _free_to_sign(person, article)
        and first_objection(
            (
                article.claimed_by_id not in (None, user.pk),
                _("{name} has claimed it.").format(name=article.claimed_by),
            ),
        )
    )


may_claim = may_act_in_round
may_return = may_act_in_round
may_reject = may_act_in_round


def may_let_go(user: User, article: Article) -> Verdict:
    """Whoever has claimed a piece gives it back to the queue; desk heads and chiefs any piece.

    Somebody falls ill with three pieces claimed, and the paper still goes out.
    """
    above = user.holds(Role.DESK_HEAD, Role.CHIEF_EDITOR)
    mine = user.is_active and article.claimed_by_id == user.pk
    return first_objection(
        (article.claimed_by_id is None, _("Nobody has claimed it.")),
        (not mine and not above, _("You have not claimed it.")),
    )


def may_sign(user: User, article: Article) -> Verdict:
    """Like any act in the round; and nothing is missing that residents need."""
    missing = missing_before_signature(article)
    return may_act_in_round(user, article) and first_objection((bool(missing), "".join(missing)))


def may_revise(user: User, article: Article) -> Verdict:
    """A signed-off piece may be taken up again; what is live stays up meanwhile."""
    return (
        stands_where(article, "revise")
        and first_objection((article.withdrawn_at is not None, _("It has been withdrawn.")))
        and _may_handle(user, article)
    )


def may_discard(user: User, article: Article) -> Verdict:
    """Drafts and rejected pieces; never one that has a signed version."""
    return (
        stands_where(article, "discard")
        and first_objection(
            (
                article.sealed_id is not None,
                _("It has a signed version; finish the revision, or withdraw the piece."),
            ),
        )
        and _may_handle(user, article)
    )


def may_restore(user: User, article: Article) -> Verdict:
    """Bring back what was rejected or discarded."""
    return stands_where(article, "restore") and _may_handle(user, article)


def _may_publish(user: User) -> Verdict:
    allowed = user.holds(*PUBLISHERS)
    return YES if allowed else Verdict(_("Only chief editors and issue editors publish."))


def may_publish_alone(user: User, article: Article) -> Verdict:
    """A signed-off piece that goes out with nothing else."""
    return _may_publish(user) and first_objection(
        (article.sealed_id is None, _("It is not signed off.")),
        (article.withdrawn_at is not None, _("It has been withdrawn.")),
        (
            article.release_id is not None and article.release.publish_at is not None,
            _("It goes out or has gone out already."),
        ),
        (
            article.release_id is not None and not article.release.alone,
            _("It goes out with an issue."),
        ),
    )


def may_hold(user: User, article: Article) -> Verdict:
    """Stop a piece published alone before its hour."""
    release = article.release
    return _may_publish(user) and first_objection(
        (
            release is None or not release.alone,
            _("It has no release of its own; hold the issue instead."),
        ),
        (release is not None and release.held, _("It is held already.")),
        (article.withdrawn_at is not None, _("It has been withdrawn.")),
        (
            article.is_live(timezone.now()),
            _("It is live; correct or withdraw it."),
        ),
    )


def may_lift_hold(user: User, article: Article) -> Verdict:
    """Let a held piece go out again, at its hour or at once when that has passed."""
    release = article.release
    return _may_publish(user) and first_objection(
        (release is None or not release.alone or not release.held, _("It is not held.")),
    )


def may_withdraw(user: User, article: Article) -> Verdict:
    """Chief editors take down what has a signed version."""
    return first_objection(
        (not user.holds(Role.CHIEF_EDITOR), _("Only a chief editor withdraws a piece.")),
        (article.sealed_id is None, _("It has never been signed off; discard it instead.")),
        (article.withdrawn_at is not None, _("It has been withdrawn already.")),
    )


def may_correct(user: User, article: Article) -> Verdict:
    """Editors draw up a correction of what is live."""
    return first_objection(
        (not user.holds(*EDITORS), _("Only editors draw up corrections.")),
        (not article.is_live(timezone.now()), _("Only what is live is corrected.")),
    )


def may_sign_correction(user: User, correction: Correction) -> Verdict:
    """A chief editor who did not draw it up."""
    return first_objection(
        (not user.holds(Role.CHIEF_EDITOR), _("Only a chief editor signs a correction.")),
        (correction.signed_at is not None, _("It is signed already.")),
        (correction.drawn_up_by_id == user.pk, _("A correction is signed by somebody else.")),
        (
            is_own(user, correction.article),
            _("Nobody signs a piece they filed or are named in."),
        ),
    )


def may_clear_gap(user: User, article: Article) -> Verdict:
    """Whoever may change the piece says that a damaged place is in order."""
    return may_edit(user, article)
