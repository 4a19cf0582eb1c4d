"""What readers report, in the desk: the queue, a page for each, and the doors to their verbs."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms as django_forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from issues.printing import where_printed
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.offers import Offer
from newsroom.people.permissions import nobody
from newsroom.people.registers import Register
from newsroom.people.verdicts import RefusalError, Verdict
from newsroom.readers import permissions, report_forms, workflow
from newsroom.readers.models import ErrorReport
from newsroom.readers.report_wording import BEGINNINGS, DONE, state_of, text_now

LONGEST_WRONG = 300  # characters of a correction


@dataclass(frozen=True)
class Verb:
    """A verb: who may, what it does, when it is offered, what is said after, what it asks."""

    name: str
    label: str
    may: Callable[[User, ErrorReport], Verdict]
    do: Callable
    fits: Callable[[ErrorReport, User], bool]
    done: str
    form: type[django_forms.Form] = django_forms.Form
    tone: str = ""
    help: str = ""


def _open(report: ErrorReport, user: User) -> bool:
    return report.is_open


def _free(report: ErrorReport, user: User) -> bool:
    return report.is_open and report.taken_by_id is None


def _taken(report: ErrorReport, user: User) -> bool:
    return report.is_open and report.taken_by_id is not None


def _unsettled(report: ErrorReport, user: User) -> bool:
    return report.is_open and report.correction_under_way is None


def _has_others(report: ErrorReport, user: User) -> bool:
    return _unsettled(report, user) and ErrorReport.objects.beside(report).exists()


def _closed(report: ErrorReport, user: User) -> bool:
    return report.closed_at is not None


VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("take", gettext_lazy("Take it on"), permissions.may_take, workflow.take, _free,
             gettext_lazy("It is yours; colleagues see that you have it."), tone="default"),
        Verb("draw_up", gettext_lazy("Make a correction"), permissions.may_draw_up_from,
             workflow.draw_up, _unsettled,
             gettext_lazy("Drawn up. Its last signature is the answer to the reader."),
             report_forms.DrawUpForm,
             help=gettext_lazy("It passes the rounds like any correction.")),
        Verb("answer", pgettext_lazy("report", "Answer"), permissions.may_answer, workflow.answer,
             _unsettled, gettext_lazy("Answered; the reader reads it on the receipt."),
             report_forms.AnswerForm),
        Verb("find_nothing_wrong", gettext_lazy("Nothing wrong"),
             permissions.may_find_nothing_wrong, workflow.find_nothing_wrong, _unsettled,
             gettext_lazy("Answered; the reader reads it on the receipt."),
             report_forms.AnswerForm, help=gettext_lazy("Say why it is right.")),
        Verb("merge", gettext_lazy("Same error as another"), permissions.may_merge,
             workflow.merge, _has_others, gettext_lazy("Merged; both readers get one answer."),
             report_forms.MergeForm),
        Verb("hand_over", gettext_lazy("Hand over"), permissions.may_hand_over,
             workflow.hand_over, _open, gettext_lazy("Handed over."), report_forms.HandOverForm),
        Verb("let_go", gettext_lazy("Put back"), permissions.may_let_go, workflow.let_go, _taken,
             gettext_lazy("It waits for anybody again.")),
        Verb("set_aside", gettext_lazy("Set aside"), permissions.may_set_aside,
             workflow.set_aside, _unsettled, gettext_lazy("Set aside; nobody is written to."),
             report_forms.NoteForm, "danger",
             gettext_lazy("For what reports no error: advertising, insults.")),
        Verb("reopen", gettext_lazy("Look at it again"), permissions.may_reopen, workflow.reopen,
             _closed, gettext_lazy("It is open again, and yours."), report_forms.NoteForm),
    )
}  # fmt: skip


class StageFilter(admin.SimpleListFilter):
    """Where a report stands, shown as tabs over the queue; the usual view is what waits."""

    title = gettext_lazy("View")
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        """Return the stages by name."""
        return [
            ("mine", _("I have")),
            ("late", pgettext_lazy("reports", "Late")),
            ("correcting", _("Correction on its way")),
            ("answered", _("Answered")),
            ("all", _("All of them")),
        ]

    def choices(self, changelist):
        """Call the usual view what it is."""
        usual, *others = super().choices(changelist)
        return [usual | {"display": _("Waiting for an answer")}, *others]

    def queryset(self, request, queryset):
        """Narrow the list."""
        stages = {
            "mine": lambda: queryset.had_by(request.user),
            "late": lambda: queryset.late(clock.now()),
            "correcting": queryset.in_correction,
            "answered": lambda: queryset.answered().latest_first(),
            "all": lambda: queryset.latest_first(),
        }
        return stages.get(self.value(), queryset.open)()


@admin.register(ErrorReport)
class ErrorReportAdmin(Register):
    may_look = staticmethod(permissions.may_see_reports)
    may_add = staticmethod(nobody)
    may_change = staticmethod(nobody)
    list_display = ["wrong", "article", "due_at"]
    list_filter = [StageFilter]
    search_fields = ["wrong", "right", "article__headline"]
    list_per_page = 30
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ["due_at", "pk"]

    def get_queryset(self, request):
        """Fetch what a line and a page show."""
        return super().get_queryset(request).for_desk()

    def changelist_view(self, request, extra_context=None):
        """Say by which instant lateness is judged: one for the whole page."""
        return super().changelist_view(request, {"now": clock.now(), **(extra_context or {})})

    def get_urls(self):
        """Add the door to the verbs."""
        do = self.admin_site.admin_view(self.do)
        return [
            path("<number:pk>/do/<slug:verb>/", do, name="readers_errorreport_do"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a report: what the reader read beside what stands now, and what may be done."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = self.get_object(request, object_id)
        if report is None:
            raise Http404
        return self._page(request, report)

    def do(self, request, pk, verb):
        """Do a verb to a report: the one door of them all."""
        return require_POST(self._do)(request, pk, verb)

    def _do(self, request, pk, name):
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = get_object_or_404(self.get_queryset(request), pk=pk)
        verb = VERBS.get(name)
        if verb is None:
            raise Http404
        form = form_of(verb, report, request.POST)
        try:
            if not form.is_valid():
                raise RefusalError(" ".join(sum(form.errors.values(), [])))
            verb.do(ErrorReport.objects.get(pk=pk), by=request.user, **form.cleaned_data)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            fresh = self.get_queryset(request).get(pk=pk)
            return self._page(request, fresh, bound=(name, request.POST), status=409)
        messages.success(request, str(verb.done))
        return HttpResponseRedirect(reverse("admin:readers_errorreport_change", args=[pk]))

    def _page(self, request, report, *, bound=None, status=200):
        now = clock.now()
        context = {
            **self.admin_site.each_context(request),
            "title": _("A reader reports an error"),
            "report": report,
            "article": report.article,
            "state": state_of(report, now),
            "late": report.is_late(now),
            "changing": report.is_open and report.reconsidered_until > now,
            "beside": text_now(report),
            "merged": list(report.merged.order_by("pk")),
            "offers": _offers(report, request, bound),
            "acts": [(DONE.get(act.verb, act.verb), act) for act in report.acts.for_display()],
            "beginnings": [(name, label) for name, (label, _words) in BEGINNINGS.items()],
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, "admin/readers/errorreport/page.html", context, status=status
        )


def _offers(report: ErrorReport, request, bound) -> list[Offer]:
    """Return the verbs that make sense now, allowed or not."""
    begun = BEGINNINGS.get(request.GET.get("begin", ""), ("", ""))[1]
    return [
        Offer(
            verb,
            verb.may(request.user, report),
            form_of(verb, report, bound[1] if bound and bound[0] == verb.name else None, begun),
        )
        for verb in VERBS.values()
        if verb.fits(report, request.user)
    ]


def form_of(verb: Verb, report: ErrorReport, data=None, begun: str = "") -> django_forms.Form:
    """Return the form of a verb, filled from the report, or with what was typed."""
    if verb.form in (report_forms.HandOverForm, report_forms.MergeForm):
        return verb.form(data, prefix=verb.name, report=report)
    initial = {"words": begun if verb.name == "answer" else ""}
    if verb.form is report_forms.DrawUpForm:
        initial = {
            "wrong": report.wrong[:LONGEST_WRONG],
            "right": report.right[:LONGEST_WRONG],
            "printed_where": where_printed(report.article),
            "thanks": True,
        }
    return verb.form(data, prefix=verb.name, initial=initial)
