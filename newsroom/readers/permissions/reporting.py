"""Who sees what readers report, who takes it on, answers it, and corrects the piece after it."""

from django.utils.translation import gettext as _

from articles.permissions import EDITORS, is_own, may_correct
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection
from newsroom.readers.models import ErrorReport


def may_see_reports(user: User) -> Verdict:
    """Editors of every rank; how to reach a reader is nobody else's to know."""
    allowed = user.is_active and user.holds(*EDITORS)
    return YES if allowed else Verdict(_("What readers report is for editors."))


def _open(report: ErrorReport) -> Verdict:
    return first_objection(
        (report.taken_back_at is not None, _("Its reader has taken it back.")),
        (report.merged_into_id is not None, _("It was merged into another report.")),
        (report.answered_at is not None, _("It has been answered.")),
    )


def _mine_or_free(user: User, report: ErrorReport) -> Verdict:
    others = report.taken_by_id not in (None, user.pk)
    return first_objection((others, _("{name} has it.").format(name=report.taken_by)))


def may_take(user: User, report: ErrorReport) -> Verdict:
    """Whoever comes first."""
    return (
        may_see_reports(user)
        and _open(report)
        and _mine_or_free(user, report)
        and first_objection((report.taken_by_id == user.pk, _("You have it already.")))
    )


def _has_it_or_is_above(user: User, report: ErrorReport) -> Verdict:
    has_it = report.taken_by_id == user.pk
    above = user.holds(Role.DESK_HEAD, Role.CHIEF_EDITOR)
    return first_objection(
        (report.taken_by_id is None, _("Nobody has it.")),
        (not has_it and not above, _("{name} has it.").format(name=report.taken_by)),
    )


def may_let_go(user: User, report: ErrorReport) -> Verdict:
    """Whoever has it, or somebody above them."""
    return may_see_reports(user) and _open(report) and _has_it_or_is_above(user, report)


def may_hand_over(user: User, report: ErrorReport, to: User | None = None) -> Verdict:
    """Whoever has it, anybody while nobody has, and desk heads always; to another editor."""
    above = user.holds(Role.DESK_HEAD, Role.CHIEF_EDITOR)
    allowed = may_see_reports(user) and _open(report)
    if allowed and not above:
        allowed = _mine_or_free(user, report)
    if not allowed or to is None:
        return allowed
    return first_objection(
        (not may_see_reports(to), _("{name} is no editor.").format(name=to)),
        (to.pk == report.taken_by_id, _("{name} has it.").format(name=to)),
    )


def _settling(user: User, report: ErrorReport) -> Verdict:
    """What every way of settling asks: it stands still, and it is not somebody else's."""
    changing = report.reconsidered_until > clock.now()
    return (
        may_see_reports(user)
        and _open(report)
        and _mine_or_free(user, report)
        and first_objection(
            (
                changing,
                _("For ten minutes its reader can still change it. Read it, then answer."),
            ),
        )
    )


def may_answer(user: User, report: ErrorReport) -> Verdict:
    """Whoever has it, or takes it along by answering; never while its correction is on its way."""
    return _settling(user, report) and first_objection(
        (
            report.correction_under_way is not None,
            _("A correction is on its way; the reader gets it as the answer when it is public."),
        ),
    )


def may_find_nothing_wrong(user: User, report: ErrorReport) -> Verdict:
    """Like any answer, but nobody says so of their own piece."""
    return may_answer(user, report) and first_objection(
        (
            is_own(user, report.article),
            _("You filed this piece or are named in it; somebody else says that it is right."),
        ),
    )


def may_set_aside(user: User, report: ErrorReport) -> Verdict:
    """What is no report of an error: advertising, insults. Of one's own piece somebody else."""
    return may_find_nothing_wrong(user, report)


def may_draw_up_from(user: User, report: ErrorReport) -> Verdict:
    """Whoever may answer it and may correct the piece."""
    return may_answer(user, report) and may_correct(user, report.article)


def may_merge(user: User, report: ErrorReport, into: ErrorReport | None = None) -> Verdict:
    """Two open reports of one piece, whoever has them."""
    allowed = _settling(user, report) and first_objection(
        (
            report.correction_under_way is not None,
            _("A correction was drawn up for this one; merge the other into it."),
        ),
    )
    if not allowed or into is None:
        return allowed
    return _open(into) and first_objection(
        (into.pk == report.pk, _("It is the same report.")),
        (into.article_id != report.article_id, _("It is about another piece.")),
    )


def may_reopen(user: User, report: ErrorReport) -> Verdict:
    """Editors look again at what was answered by words, by themselves or others."""
    return may_see_reports(user) and first_objection(
        (report.closed_at is None, _("It has not been answered by words.")),
        (
            report.mailed_at is not None or report.merged.filter(mailed_at__isnull=False).exists(),
            _("The answer has been mailed to the reader; it stands."),
        ),
    )
