"""Who may draw up a correction, sign it, give it back, put it away."""

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Article, Correction, Route
from articles.permissions.reviewing import first_free, principals
from articles.permissions.seeing import EDITORS, is_own, sees_everything
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection

CORRECTORS = (*EDITORS, Role.ISSUE_EDITOR)


def may_see_corrections(user: User) -> Verdict:
    """The newsroom sees corrections on their way; residents and authors what is public."""
    return YES if sees_everything(user) else Verdict(_("This is for the newsroom."))


def may_correct(user: User, article: Article) -> Verdict:
    """Editors and issue editors draw up a correction of what is live."""
    return first_objection(
        (not user.holds(*CORRECTORS), _("Only editors draw up corrections.")),
        (article.lasts, _("A page or a topic is revised, not corrected.")),
        (not article.is_live(clock.now()), _("Only what is live is corrected.")),
        (
            not Route.objects.in_force().exists(),
            _("No review is laid down; an administrator sets its rounds."),
        ),
    )


def _under_way(correction: Correction) -> Verdict:
    return first_objection(
        (correction.signed_at is not None, _("It is signed already.")),
        (correction.dropped_at is not None, _("It has been dropped.")),
    )


def may_redraw_correction(user: User, correction: Correction) -> Verdict:
    """Who drew it up changes its words, until it is public."""
    mine = user.is_active and correction.drawn_up_by_id == user.pk
    return _under_way(correction) and first_objection(
        (not mine, _("Only {name}, who drew it up, changes it.").format(
            name=correction.drawn_up_by)),
    )  # fmt: skip


def may_drop_correction(user: User, correction: Correction) -> Verdict:
    """Who drew it up puts it away, or somebody above them."""
    mine = user.is_active and correction.drawn_up_by_id == user.pk
    above = user.holds(Role.DESK_HEAD, Role.CHIEF_EDITOR)
    return _under_way(correction) and first_objection(
        (
            not mine and not above,
            _("Only who drew it up, a desk head or a chief editor drops it."),
        ),
    )


def _free_to_sign(person: User, correction: Correction) -> Verdict:
    """Say what keeps one person's name from standing under a correction."""
    signed = correction.signatures.standing()
    return first_objection(
        (correction.drawn_up_by_id == person.pk, _("A correction is signed by somebody else.")),
        (
            is_own(person, correction.article)
            or Article.objects.own_of(person).numbered(correction.article_id).exists(),
            _("Nobody signs a piece they filed or are named in."),
        ),
        (
            signed.filter(Q(signer=person) | Q(on_behalf_of=person)).exists(),
            _("Nobody signs two rounds of one correction."),
        ),
    )


def represented_in_correction(user: User, correction: Correction) -> User | None:
    """Return whom this person signs a correction for: themselves, or a member they act for."""
    in_round = correction.next_round()
    people = principals(user, in_round) if in_round else []
    return first_free(people, lambda person: _free_to_sign(person, correction))


def may_sign_correction(user: User, correction: Correction) -> Verdict:
    """Members of the round it stands in or their deputies; nobody twice, nobody their own."""
    standing = _under_way(correction) and first_objection(
        (correction.returned_at is not None, _("It has been returned and waits for new words.")),
        (correction.article.withdrawn_at is not None, _("The piece has been withdrawn.")),
    )
    if not standing:
        return standing
    person = represented_in_correction(user, correction)
    if person is None:
        in_round = correction.next_round()
        return Verdict(_("{round} is signed by others.").format(round=in_round.name))
    return _free_to_sign(user, correction) and _free_to_sign(person, correction)


may_return_correction = may_sign_correction
