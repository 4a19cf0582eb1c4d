"""The page on which an issue is begun, filled in by the publication calendar."""

from datetime import date, timedelta

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from issues import outlook, workflow
from issues.calendar_forms import BeginForm, IssueForm
from issues.models import Issue, SpecialDay
from issues.outlook import Outlook
from issues.permissions import may_plan
from issues.wording import about_day
from newsroom.people.models import SiteSettings, User
from newsroom.people.verdicts import RefusalError

GAPS = 3
FAR = timedelta(days=60)


def begin_issue(admin, request):
    """Show the form of a new issue, and plan it."""
    day, kind = _asked_for(request)
    initial = _usual(day, kind)
    form = IssueForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            issue = workflow.plan(by=request.user, **form.cleaned_data)
        except RefusalError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("admin:issues_issue_change", issue.pk)
    return admin._page(
        request,
        "new",
        title=_("New issue"),
        form=form,
        begin=BeginForm(initial={"date": day, "kind": kind}, auto_id="begin_%s"),
        about=[] if form.is_bound else _about(day),
        standing=list(Issue.objects.dated_on(day)) if not form.is_bound else [],
    )


def _asked_for(request) -> tuple[date, str]:
    """Return the day and the kind in the address, or the next day that wants an issue."""
    asked = BeginForm(request.GET)
    given = asked.cleaned_data if asked.is_valid() else {}
    return given.get("date") or _next_day(), given.get("kind") or Issue.Kind.REGULAR


def _next_day() -> date:
    """Return the next day that wants an issue and has none; without rules tomorrow."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    missing = Outlook(tomorrow, tomorrow + FAR).missing
    return missing[0].day if missing else tomorrow


def _usual(day: date, kind: str) -> dict:
    """Propose what the calendar says of a day; without a rule the pages of the latest issue."""
    wanted = outlook.usual_on(day)
    facts = {
        "date": day,
        "kind": kind,
        "sequence": 1 + max([issue.sequence for issue in Issue.objects.dated_on(day)], default=0),
        "combines": 2 if kind == Issue.Kind.COMBINED else 1,
        "unnumbered": kind == Issue.Kind.EXTRA,
    }
    if wanted is None:
        latest = Issue.objects.newest_first().first()
        pages = latest.pages.order_by("number") if latest else []
        return facts | {"pages": "\n".join(page.name or str(page.number) for page in pages)}
    facts["template"] = wanted.schedule.template_id
    return facts if kind == Issue.Kind.EXTRA else facts | vars(wanted.hours)


def _about(day: date) -> list[str]:
    """Say what is special about a day."""
    special = SpecialDay.objects.between(day, day + timedelta(days=1)).first()
    said = about_day(day)
    if special:
        said.append(
            _("Decided for this day: {decision} ({reason}).").format(
                decision=special.get_appears_display(), reason=special.reason
            )
        )
    return said


def gaps_for(user: User) -> list[str]:
    """Return the running numbers that nobody has, for whoever plans; the latest few."""
    if not may_plan(user):
        return []
    gaps = Issue.objects.gaps(SiteSettings.current().first_issue_number)[-GAPS:]
    return [str(first) if first == last else f"{first}—{last}" for first, last in gaps]
