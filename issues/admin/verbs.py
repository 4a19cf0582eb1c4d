"""The verbs of an issue as the desk offers them: one table, one door.

Rules live in ``issues.workflow``, ``issues.planning`` and ``issues.permissions``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms as django_forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article
from issues import (
    calendar_forms,
    correcting,
    forms,
    issuing,
    layout,
    permissions,
    planning,
    workflow,
)
from issues.findings import Finding
from issues.models import Issue, IssueAct
from issues.statuses import Status
from issues.wording import day_and_hour, state_of
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.offers import Offer
from newsroom.people.verdicts import RefusalError, Verdict


@dataclass(frozen=True)
class Verb:
    """A verb: who may, what it does, what it asks, what is said after, in which states it fits."""

    name: str
    label: str
    may: Callable[[User, Issue], Verdict]
    do: Callable
    done: str
    states: tuple[str, ...] = ("planning",)
    form: type[django_forms.Form] = django_forms.Form
    tone: str = ""
    fits: Callable[[Issue], bool] = lambda issue: True
    # Whether who may hangs on the dry run.
    rehearses: bool = False

    def verdict(self, user: User, issue: Issue, found: list[Finding] | None) -> Verdict:
        """Say who may; what a dry run has just ``found`` is not looked for again."""
        return self.may(user, issue, found=found) if self.rehearses else self.may(user, issue)

    def run(self, issue: Issue, *, by: User, data: dict) -> None:
        """Do it with what the form says. Raises RefusalError."""
        self.do(issue, by=by, **data)


def _place(issue: Issue, *, by: User, article: int, weight: str, **where) -> None:
    workflow.place(issue, by=by, article=_piece(article), weight=weight or None, **where)


def _take_off(issue: Issue, *, by: User, article: int, seen: int | None = None) -> None:
    workflow.take_off(issue, by=by, article=_piece(article), seen=seen)


def _leave_out(issue: Issue, *, by: User, article: int, because: str) -> None:
    workflow.leave_out(issue, by=by, article=_piece(article), because=because)


def _take_in(issue: Issue, *, by: User, article: int) -> None:
    workflow.take_in(issue, by=by, article=_piece(article))


def _is_old(issue: Issue) -> bool:
    """Say whether an issue is dated before today, as an edition of the archive is."""
    return issue.date < timezone.localdate(clock.now())


def _may_schedule(user: User, issue: Issue, *, found: list[Finding] | None = None) -> Verdict:
    """Say first what comes first."""
    if issue.status == Status.PLANNING and permissions.may_plan(user):
        return Verdict(_("it gets its hour once it is closed."))
    return permissions.may_schedule(user, issue, found=found)


def _may_keep_template(user: User, _issue: Issue) -> Verdict:
    return permissions.may_plan(user)


def _piece(pk: int) -> Article:
    piece = Article.objects.filter(pk=pk).first()
    if piece is None:
        raise RefusalError(_("There is no such piece."))
    return piece


# What moves the issue itself, offered as buttons.
VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("close", pgettext_lazy("issue", "Close"), permissions.may_close, workflow.close,
             _("Closed: the layout is fixed. Now give it its hour."), tone="default",
             rehearses=True),
        Verb("schedule", _("Schedule"), _may_schedule, workflow.schedule,
             _("It goes live at its hour."), ("planning", "closed"), forms.ScheduleForm,
             "default", rehearses=True),
        Verb("recall", _("Recall"), permissions.may_recall, workflow.recall,
             _("Recalled: it has no hour any more."), ("scheduled", "held")),
        Verb("backdate", _("Enter as published before"), permissions.may_backdate,
             workflow.backdate, _("It is live, at the hour at which it was published."),
             ("closed",), forms.BackdateForm, fits=_is_old, rehearses=True),
        Verb("hold", _("Hold"), permissions.may_hold, workflow.hold,
             _("Held: it will not go out."), ("scheduled",), forms.HoldForm, "danger"),
        Verb("lift_hold", _("Lift the hold"), permissions.may_lift_hold, workflow.lift_hold,
             _("The hold is lifted."), ("held",), tone="default"),
        Verb("reopen", _("Reopen"), permissions.may_reopen, workflow.reopen,
             _("Open for layout again."), ("closed", "scheduled", "held")),
        Verb("cancel", pgettext_lazy("issue", "Cancel it"), permissions.may_cancel,
             workflow.cancel, _("Cancelled: it does not come out. Its pieces lie in the tray."),
             form=calendar_forms.CancelForm, tone="danger"),
        Verb("bring_back", pgettext_lazy("issue", "Bring it back"), permissions.may_bring_back,
             workflow.bring_back, _("In planning again."), ("cancelled",), tone="default"),
    )
}  # fmt: skip

# What lays it out; their buttons stand on the cards and pages.
LAYOUT: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("place", _("Place it"), permissions.may_lay_out, _place, _("Placed."),
             form=forms.PlaceForm),
        Verb("take_off", _("Take off"), permissions.may_lay_out, _take_off,
             _("Taken off; it lies in the tray."), form=forms.PieceForm),
        Verb("undo", _("Undo"), permissions.may_lay_out, layout.undo, _("Taken back."),
             form=forms.UndoForm),
        Verb("leave_out", _("Leave out"), permissions.may_change_what_goes_out, _leave_out,
             _("Left out: the issue goes live without it."), ("closed", "scheduled", "held"),
             forms.LeaveOutForm),
        Verb("take_in", _("Take it in again"), permissions.may_change_what_goes_out, _take_in,
             _("It goes live with the issue again."), ("closed", "scheduled", "held"),
             forms.TakeInForm),
        Verb("print_correction", _("Print it here"), permissions.may_lay_out,
             correcting.print_correction, _("Made a piece, handed in and placed."),
             form=forms.ErratumForm),
        Verb("skip_correction", _("Do not print it"), permissions.may_lay_out,
             correcting.skip_correction, _("Noted: it is not printed."),
             form=forms.SkipErratumForm),
        Verb("name_page", _("Save"), permissions.may_lay_out, planning.name_page,
             _("The page is named."), form=forms.PageForm),
        Verb("format_pages", _("Give all pages this format"), permissions.may_lay_out,
             planning.format_pages, _("All pages have this format now."), form=forms.FormatForm),
        Verb("drop_page", _("Remove the page"), permissions.may_lay_out, planning.drop_page,
             _("The page is gone."), form=forms.PageNumberForm),
        Verb("replan", _("Save"), permissions.may_lay_out, planning.replan, _("Saved."),
             form=calendar_forms.ReplanForm),
        Verb("keep_template", _("Keep as template"), _may_keep_template, issuing.keep_as_template,
             _("Kept as a page template."), form=calendar_forms.TemplateNameForm),
    )
}  # fmt: skip


def offers(
    issue: Issue, user: User, at: datetime, bound=None, found: list[Finding] | None = None
) -> list[Offer]:
    """Return the verbs that make sense in the issue's state, allowed or not.

    ``bound`` is the name of a verb that was just refused and what was typed into its form;
    ``found`` is what a dry run has just found, where the page has made one.
    """
    state = state_of(issue, at).name
    return [
        Offer(verb, verb.verdict(user, issue, found), form_of(verb, issue, bound))
        for verb in VERBS.values()
        if state in verb.states and verb.fits(issue)
    ]


def form_of(verb: Verb, issue: Issue, bound=None) -> django_forms.Form:
    """Return the form of a verb, filled with what was typed when it is the bound one."""
    data = bound[1] if bound and bound[0] == verb.name else None
    if issubclass(verb.form, django_forms.ModelForm):
        return verb.form(data, instance=issue)
    return verb.form(data, initial={"at": issue.planned_time})


def known(name: str) -> Verb | None:
    """Return the verb of a name, or None."""
    return VERBS.get(name) or LAYOUT.get(name)


# What the record says where the button's word would not do.
_DONE = {
    "plan": _("Planned"),
    "import": _("Imported"),
    "export": _("Archive taken"),
    "name_page": _("Page named"),
    "replan": _("Plan changed"),
    "redate": _("Moved to another day"),
    "reschedule": _("Moved to another hour"),
}


def note_of(act: IssueAct, at: datetime) -> str:
    """Return what was noted with an act; an hour as it is said at the desk."""
    try:
        return day_and_hour(datetime.fromisoformat(act.note), at)
    except ValueError:
        return act.note


def words_of(act: IssueAct) -> str:
    """Return what was done in a word."""
    verb = known(act.verb)
    return str(_DONE.get(act.verb) or (verb.label if verb else act.verb))
