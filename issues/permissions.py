"""May this person …, of issues and assignments? Verdicts like those of ``articles.permissions``."""

from django.utils.translation import gettext as _

from articles.models import Article
from articles.permissions import EDITORS, may_file, may_set_checklist, sees_everything
from issues.findings import Finding, blocking
from issues.models import Assignment, Issue, Placement
from issues.querysets import PUT_ASIDE
from issues.statuses import ASSIGNMENT_MOVES, TRANSITIONS, AssignmentState, Status
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection

PLANNERS = (Role.ISSUE_EDITOR, Role.CHIEF_EDITOR)


def may_plan(user: User) -> Verdict:
    """Issue editors and chief editors plan issues, import editions and schedule."""
    return (
        YES
        if user.holds(*PLANNERS)
        else Verdict(_("Only issue editors and chief editors plan issues."))
    )


def may_see_issues(user: User) -> Verdict:
    """Everybody in the newsroom above correspondent sees the issues being planned."""
    allowed = user.is_active and (
        user.is_superuser or bool(user.roles - {Role.CORRESPONDENT.value})
    )
    return YES if allowed else Verdict(_("Issues in planning are not for correspondents."))


def may_export(user: User, issue: Issue | None) -> Verdict:
    """Whoever sees an issue in the desk takes its archive; it says where it is not out yet."""
    return may_see_issues(user)


def stands_where(issue: Issue, verb: str) -> Verdict:
    """Say whether the table of moves has this verb for the issue's status."""
    if issue.status in TRANSITIONS[verb][0]:
        return YES
    return Verdict(
        _("That cannot be done with an issue that is “{status}”.").format(
            status=issue.get_status_display()
        )
    )


def _not_live(issue: Issue) -> Verdict:
    return first_objection(
        (
            issue.is_live(clock.now()),
            _("It is live; it changes only by correction and withdrawal."),
        )
    )


def may_lay_out(user: User, issue: Issue) -> Verdict:
    """Pages and pieces move only while the issue is in planning."""
    return may_plan(user) and first_objection(
        (issue.status == Status.CANCELLED, _("The issue is cancelled; bring it back first.")),
        (issue.status != Status.PLANNING, _("The issue is closed; reopen it first.")),
    )


def may_place(user: User, issue: Issue, article: Article) -> Verdict:
    """A piece that is not put aside, not withdrawn, and not in another issue still to come."""
    elsewhere = (
        Placement.objects.of_article(article)
        .exclude(page__issue=issue)
        .exclude(page__issue__in=Issue.objects.live())
    )
    return may_lay_out(user, issue) and first_objection(
        (
            article.status in (Article.Status.DISCARDED, Article.Status.REJECTED),
            _("“{title}” was rejected or discarded.").format(title=article),
        ),
        (
            article.withdrawn_at is not None,
            _("“{title}” has been withdrawn.").format(title=article),
        ),
        (
            article.lasts,
            _("“{title}” has an address of its own and stands in no issue.").format(title=article),
        ),
        (
            elsewhere.exists(),
            _("“{title}” stands in another issue that is not out yet.").format(title=article),
        ),
    )


def may_rehearse(user: User, issue: Issue) -> Verdict:
    """Everybody who sees an issue may have it dry-run: whoever mends looks whether it is mended."""
    return may_see_issues(user)


def may_set_rules(user: User) -> Verdict:
    """Whoever says what stops a piece also says what stops an issue."""
    if may_set_checklist(user):
        return YES
    return Verdict(_("Only a chief editor or an administrator changes what the dry run asks."))


def _stopped_by_nothing(issue: Issue, found: list[Finding] | None) -> Verdict:
    stops = blocking(issue) if found is None else [each for each in found if each.blocking]
    return first_objection((bool(stops), "".join(finding.message for finding in stops)))


def may_close(user: User, issue: Issue, *, found: list[Finding] | None = None) -> Verdict:
    """Nothing blocking: every piece signed off, none withdrawn, at least one piece.

    ``found``, here and below, is what a dry run has found just now, where one was made.
    """
    return may_plan(user) and stands_where(issue, "close") and _stopped_by_nothing(issue, found)


def may_schedule(user: User, issue: Issue, *, found: list[Finding] | None = None) -> Verdict:
    """A closed issue that is not live yet, with nothing in it that stops it since it was closed."""
    return (
        may_plan(user)
        and stands_where(issue, "schedule")
        and _not_live(issue)
        and first_objection((issue.release.held, _("It is held; lift the hold first.")))
        and _stopped_by_nothing(issue, found)
    )


def may_backdate(user: User, issue: Issue, *, found: list[Finding] | None = None) -> Verdict:
    """Only a chief editor lets an old edition be live since an hour that has passed."""
    chief = first_objection(
        (not user.holds(Role.CHIEF_EDITOR), _("Only a chief editor sets an hour in the past."))
    )
    return (
        chief
        and may_schedule(user, issue, found=found)
        and first_objection((issue.release.publish_at is not None, _("It has its hour already.")))
    )


def may_change_what_goes_out(user: User, issue: Issue) -> Verdict:
    """Leave pieces out of a closed issue, and take them in again, until it is out."""
    return may_plan(user) and stands_where(issue, "leave_out") and _not_live(issue)


def may_leave_out(user: User, issue: Issue, article: Article | None) -> Verdict:
    """A piece of a closed issue that is not out, unless it is its only one."""
    others = Article.objects.going_out_with(issue.release_id).filter(withdrawn_at=None)
    alone = article is not None and not others.exclude(pk=article.pk).exists()
    return may_change_what_goes_out(user, issue) and first_objection(
        (article is None, _("It does not stand in this issue.")),
        (
            article is not None and article.release_id != issue.release_id,
            _("It does not go out with this issue."),
        ),
        (alone, _("It is the only piece of the issue; recall the issue instead.")),
    )


def may_take_in(user: User, issue: Issue, article: Article | None) -> Verdict:
    """A piece that was left out, fully signed, before the issue is out."""
    return may_change_what_goes_out(user, issue) and first_objection(
        (
            article is None or article.left_out_of_id != issue.release_id,
            _("It has not been left out of this issue."),
        ),
        (
            article is not None and article.lacks_a_signature,
            _("A signature was taken back; it does not go out before it is signed again."),
        ),
        (
            article is not None and (article.withdrawn_at or article.release_id) is not None,
            _("It has been withdrawn, or goes out by itself."),
        ),
    )


def may_reschedule(user: User, issue: Issue, *, found: list[Finding] | None = None) -> Verdict:
    """A scheduled issue before its hour; what is live never moves."""
    return may_schedule(user, issue, found=found) and first_objection(
        (issue.release.publish_at is None, _("It is not scheduled."))
    )


def may_recall(user: User, issue: Issue) -> Verdict:
    """Take a scheduled issue back before its hour."""
    return (
        may_plan(user)
        and stands_where(issue, "recall")
        and _not_live(issue)
        and first_objection((issue.release.publish_at is None, _("It is not scheduled.")))
    )


def may_reopen(user: User, issue: Issue) -> Verdict:
    """A closed issue that has no hour, or no longer one."""
    return (
        may_plan(user)
        and stands_where(issue, "reopen")
        and _not_live(issue)
        and first_objection(
            (issue.release.publish_at is not None, _("It is scheduled; recall it first."))
        )
    )


def may_cancel(user: User, issue: Issue) -> Verdict:
    """An issue in planning that has no running number: a number that is given stays given."""
    return (
        may_plan(user)
        and stands_where(issue, "cancel")
        and first_objection(
            (
                issue.number is not None,
                _("It has running number {number}, which would be missing.").format(
                    number=issue.numbers
                ),
            )
        )
    )


def may_bring_back(user: User, issue: Issue) -> Verdict:
    """A cancelled issue, unless another has taken its date."""
    taken = Issue.objects.dated(issue.date, issue.sequence).exists()
    return (
        may_plan(user)
        and stands_where(issue, "bring_back")
        and first_objection((taken, _("There is an issue of this date and sequence already.")))
    )


def may_hold(user: User, issue: Issue) -> Verdict:
    """Stop a scheduled issue before its hour."""
    return may_recall(user, issue) and first_objection(
        (issue.release.held, _("It is held already."))
    )


def may_lift_hold(user: User, issue: Issue) -> Verdict:
    """Let a held issue go out at its hour, or at once when that has passed."""
    return may_plan(user) and first_objection(
        (not issue.release.held, _("It is not held.")), _lacks_a_signature(issue)
    )


def _lacks_a_signature(issue: Issue) -> tuple[bool, str]:
    pieces = Article.objects.going_out_with(issue.release_id).filter(withdrawn_at=None)
    piece = pieces.with_signature_taken_back().first()
    sentence = _("Somebody took their signature of “{title}” back; sign it again or leave it out.")
    return piece is not None, sentence.format(title=piece)


# Assignments


def may_assign(user: User) -> Verdict:
    """Editors of every rank and issue editors ask for pieces, and answer offers."""
    allowed = user.holds(*EDITORS, Role.ISSUE_EDITOR)
    return YES if allowed else Verdict(_("Only editors and issue editors ask for pieces."))


def may_offer(user: User) -> Verdict:
    """Whoever may write may offer a topic."""
    return may_file(user)


def may_see_assignment(user: User, assignment: Assignment) -> Verdict:
    """The newsroom sees all; a correspondent what is theirs, and what their unit may begin.

    ``AssignmentQuerySet.concerning`` says the same of many, and a test holds the two equal.
    """
    people = (assignment.person_id, assignment.offered_by_id, assignment.taken_by_id)
    allowed = sees_everything(user) or (
        user.is_active
        and (user.pk in people or (_of_unit(user, assignment) and assignment.is_free))
    )
    return YES if allowed else Verdict(_("This assignment is not yours."))


def _of_unit(user: User, assignment: Assignment) -> bool:
    return assignment.unit_id is not None and assignment.unit_id == user.unit_id


def assignment_stands_where(assignment: Assignment, verb: str) -> Verdict:
    """Say whether the table of moves has this verb for the assignment's state."""
    if assignment.state in ASSIGNMENT_MOVES[verb][0]:
        return YES
    return Verdict(
        _("That cannot be done with an assignment that is “{state}”.").format(
            state=assignment.get_state_display()
        )
    )


def _not_handed_in(assignment: Assignment) -> Verdict:
    return first_objection(
        (assignment.handed_in_at is not None, _("Its piece has been handed in already."))
    )


def may_answer_offer(user: User, assignment: Assignment) -> Verdict:
    """Editors take up an offered topic or decline it."""
    return may_assign(user) and assignment_stands_where(assignment, "accept_offer")


def may_take_up(user: User, assignment: Assignment) -> Verdict:
    """Whom it was asked of, or anybody of the unit it was asked of, while nobody writes it."""
    mine = assignment.person_id == user.pk or _of_unit(user, assignment)
    return (
        may_file(user)
        and first_objection((not mine, _("It was asked of somebody else.")))
        and assignment_stands_where(assignment, "take_up")
        and first_objection(
            (
                not assignment.is_free,
                _("{name} is writing it already.").format(name=assignment.taken_by),
            )
        )
    )


def may_answer(user: User, assignment: Assignment) -> Verdict:
    """Whoever may begin it, with a piece of their own that answers nothing yet."""
    return may_take_up(user, assignment) and first_objection(
        (
            not Assignment.objects.answerable_by(user).exists(),
            _("You have no piece on its way that answers nothing yet."),
        )
    )


def may_answer_with(user: User, assignment: Assignment, article: Article | None) -> Verdict:
    """Whoever may begin it may answer with a piece of their own that is still on its way."""
    own = article is not None and article.filed_by_id == user.pk
    return may_take_up(user, assignment) and first_objection(
        (not own, _("Choose a piece of your own.")),
        (own and article.status in PUT_ASIDE, _("That piece has been put aside.")),
        (
            own and (article.withdrawn_at is not None or article.release_id is not None),
            _("That piece has gone out already, or has its hour."),
        ),
    )


def may_drop(user: User, assignment: Assignment) -> Verdict:
    """Editors call an assignment off until its piece is in; an offer is taken back by its giver."""
    offered = assignment.state == AssignmentState.OFFERED
    giver = user.is_active and assignment.offered_by_id == user.pk
    mine = YES if giver else Verdict(_("Only who offered it takes it back."))
    return (
        (mine if offered else may_assign(user))
        and assignment_stands_where(assignment, "drop")
        and _not_handed_in(assignment)
    )


def may_reopen_assignment(user: User, assignment: Assignment) -> Verdict:
    """Editors ask again for what was declined or called off."""
    return may_assign(user) and assignment_stands_where(assignment, "reopen")


def may_change_assignment(user: User, assignment: Assignment) -> Verdict:
    """Editors change what is wanted, by when and for where, until the piece is in."""
    return (
        may_assign(user)
        and first_objection(
            (
                assignment.state in (AssignmentState.DECLINED, AssignmentState.DROPPED),
                _("It is “{state}”; reopen it first.").format(state=assignment.get_state_display()),
            )
        )
        and _not_handed_in(assignment)
    )
