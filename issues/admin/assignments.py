"""Assignments in the desk: the list, a new one or an offer, and the page of one with its verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms as django_forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from articles.permissions import sees_everything
from issues import assigning, forms, permissions
from issues.models import Assignment, AssignmentAct
from issues.wording import day_and_hour, stage_of, wanted_sentence
from newsroom.people.models import User
from newsroom.people.offers import Offer
from newsroom.people.registers import Register
from newsroom.people.verdicts import YES, RefusalError, Verdict


@dataclass(frozen=True)
class Verb:
    """A verb: who may, what it does, what it asks, what is said after, in which states it fits."""

    name: str
    label: str
    may: Callable[[User, Assignment], Verdict]
    do: Callable
    done: str
    states: tuple[str, ...]
    form: type[django_forms.Form] = django_forms.Form
    tone: str = ""


AT_WORK = ("open", "taken")
VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("take_up", gettext_lazy("Begin to write"), permissions.may_take_up,
             assigning.take_up, gettext_lazy("It is yours. Here is the draft."), AT_WORK,
             tone="default"),
        Verb("answer_with", gettext_lazy("Answer with a piece I have"), permissions.may_answer,
             assigning.answer_with, gettext_lazy("Linked: the piece answers it."), AT_WORK,
             forms.AnswerForm),
        Verb("accept_offer", gettext_lazy("Take the topic up"), permissions.may_answer_offer,
             assigning.accept_offer, gettext_lazy("Taken up: it is on the calendar."),
             ("offered",), forms.AcceptForm, "default"),
        Verb("decline_offer", gettext_lazy("Decline the topic"), permissions.may_answer_offer,
             assigning.decline_offer, gettext_lazy("Declined; who offered it reads why."),
             ("offered",), forms.WhyForm, "danger"),
        Verb("change_deadline", gettext_lazy("Change the deadline"),
             permissions.may_change_assignment, assigning.change_deadline,
             gettext_lazy("The deadline is moved."), AT_WORK, forms.DeadlineForm),
        Verb("reword", gettext_lazy("Change what is wanted"), permissions.may_change_assignment,
             assigning.reword, gettext_lazy("Saved."), (*AT_WORK, "offered"), forms.RewordForm),
        Verb("drop", gettext_lazy("Call it off"), permissions.may_drop, assigning.drop,
             gettext_lazy("Called off."), (*AT_WORK, "offered"), forms.WhyForm, "danger"),
        Verb("reopen", gettext_lazy("Ask again"), permissions.may_reopen_assignment,
             assigning.reopen, gettext_lazy("It is wanted again."), ("declined", "dropped"),
             forms.DeadlineForm, "default"),
    )
}  # fmt: skip
# What somebody outside the newsroom may do with what is theirs.
WRITERS_VERBS = ("take_up", "answer_with", "drop")
# What the record says where the button's word would not do.
DONE = {
    "assign": gettext_lazy("asked for it"),
    "offer": gettext_lazy("offered it"),
    "take_up": gettext_lazy("began to write"),
    "answer_with": gettext_lazy("answered with a piece of their own"),
    "accept_offer": gettext_lazy("took the topic up"),
    "decline_offer": gettext_lazy("declined the topic"),
    "change_deadline": gettext_lazy("moved the deadline"),
    "reword": gettext_lazy("changed what is wanted"),
    "drop": gettext_lazy("called it off"),
    "reopen": gettext_lazy("asked again"),
}


class StageFilter(admin.SimpleListFilter):
    """What is at work; what waits for a word, is late, was handed in, or is over."""

    title = gettext_lazy("state")
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        """Return the stages by name."""
        return [
            ("offered", _("Topics offered")),
            ("late", pgettext_lazy("assignments", "Late")),
            ("filed", _("Handed in")),
            ("over", _("Declined or called off")),
        ]

    def choices(self, changelist):
        """Call the usual view what it is."""
        usual, *others = super().choices(changelist)
        return [usual | {"display": _("At work")}, *others]

    def queryset(self, request, queryset):
        """Narrow the list."""
        asked = {
            "offered": queryset.offered,
            "late": queryset.late,
            "filed": queryset.handed_in,
            "over": queryset.over,
        }
        return asked.get(self.value(), queryset.current)()


def _everybody(user) -> Verdict:
    return YES


def _may_begin(user) -> Verdict:
    """Editors ask, writers offer."""
    return permissions.may_assign(user) or permissions.may_offer(user)


@admin.register(Assignment)
class AssignmentAdmin(Register):
    may_look = staticmethod(_everybody)
    may_add = staticmethod(_may_begin)
    may_change = staticmethod(permissions.may_assign)
    list_display = ["topic", "stage", "who", "wanted", "where"]
    list_filter = [StageFilter]
    list_per_page = 50
    search_fields = ["topic", "person__name", "unit__name"]
    show_facets = admin.ShowFacets.NEVER
    ordering = ["due_at", "pk"]

    # The list

    def changelist_view(self, request, extra_context=None):
        """Say whether the list is an editor's or a writer's."""
        asks = bool(permissions.may_assign(request.user))
        return super().changelist_view(request, {"newsroom": asks, **(extra_context or {})})

    def get_queryset(self, request):
        """Correspondents see what is theirs, and nothing else exists for them."""
        everything = sees_everything(request.user)
        return super().get_queryset(request).seen_by(request.user, everything).for_desk()

    @admin.display(description=gettext_lazy("state"))
    def stage(self, assignment):
        """Shape, word and colour."""
        stage = stage_of(assignment, timezone.now())
        return format_html(
            '<span class="state {}"><svg class="i" viewBox="0 0 16 16" aria-hidden="true">'
            '<use href="#s-{}"/></svg>{}</span>',
            stage.tone, stage.icon, stage.label,
        )  # fmt: skip

    @admin.display(description=gettext_lazy("who writes"))
    def who(self, assignment):
        """Whoever writes it, or of whom it is wanted."""
        return str(assignment.taken_by or assignment.asked_of)

    @admin.display(description=gettext_lazy("wanted by"), ordering="due_at")
    def wanted(self, assignment):
        """The deadline."""
        return day_and_hour(assignment.due_at, timezone.now())

    @admin.display(description=gettext_lazy("for where"))
    def where(self, assignment):
        """The issue and page."""
        return place_of(assignment)

    # Doors

    def get_urls(self):
        """Add the door to the verbs."""
        act = self.admin_site.admin_view(self.act)
        return [
            path("<number:pk>/act/<slug:verb>/", act, name="issues_assignment_act"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Ask for a piece; whoever may not ask offers a topic."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        asks = bool(permissions.may_assign(request.user))
        kind = forms.AssignForm if asks else forms.OfferForm
        form = kind(request.POST or None, initial=_given(request.GET))
        if form.is_valid():
            verb = assigning.assign if asks else assigning.offer
            try:
                made = verb(by=request.user, **form.cleaned_data)
            except RefusalError as refusal:
                form.add_error(None, str(refusal))
            else:
                done = _("Asked for: {topic}.") if asks else _("Offered: {topic}.")
                messages.success(request, done.format(topic=made))
                return redirect("admin:issues_assignment_change", made.pk)
        title = _("Ask for a piece") if asks else _("Offer a topic")
        status = 400 if form.errors else 200
        return self._page(request, "new", title=title, form=form, asks=asks, status=status)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show an assignment with what may be done."""
        assignment = self.get_object(request, object_id)
        if assignment is None:
            raise Http404
        return self._show(request, assignment)

    @method_decorator(require_POST)
    def act(self, request, pk, verb):
        """Do a verb, or say why not."""
        chosen = VERBS.get(verb)
        if chosen is None:
            raise Http404
        assignment = self.get_queryset(request).filter(pk=pk).first()
        if assignment is None:
            return self._gone(request, chosen, pk)
        form = form_of(chosen, assignment, request.user, (verb, request.POST))
        try:
            if not form.is_valid():
                raise RefusalError(" ".join(sum(form.errors.values(), [])))
            chosen.do(Assignment.objects.get(pk=pk), by=request.user, **form.cleaned_data)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            still = self.get_queryset(request).filter(pk=pk).first()
            if still is None:
                return redirect("admin:index")
            return self._show(request, still, bound=(verb, request.POST), status=409)
        messages.success(request, chosen.done)
        done = Assignment.objects.get(pk=pk)
        if verb == "take_up":
            return redirect("admin:articles_article_change", done.article_id)
        return redirect("admin:issues_assignment_change", pk)

    def _gone(self, request, verb, pk):
        """Tell somebody of the unit who was quicker; to everybody else nothing is there."""
        own = Assignment.objects.of_unit(request.user.unit_id).for_desk()
        taken = get_object_or_404(own, pk=pk)
        messages.error(request, verb.may(request.user, taken).reason)
        return redirect("admin:index")

    def _show(self, request, assignment, *, bound=None, status=200):
        now = timezone.now()
        return self._page(
            request,
            "page",
            status=status,
            title=assignment.topic,
            assignment=assignment,
            stage=stage_of(assignment, now),
            wanted=wanted_sentence(assignment, now),
            place=place_of(assignment),
            offers=offers(assignment, request.user, bound),
            may_read=sees_everything(request.user) or assignment.taken_by_id == request.user.pk,
            acts=[
                (DONE.get(act.verb, act.verb), _note(act, now), act)
                for act in assignment.acts.select_related("by")
            ],
        )

    def _page(self, request, name, *, status=200, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, f"admin/issues/assignment/{name}.html", context, status=status
        )


def _given(query) -> dict:
    """Return what an address proposes for a new assignment: its issue and page."""
    given = {name: query[name] for name in ("issue", "page") if query.get(name, "").isdecimal()}
    return {name: value[:9] for name, value in given.items()}


def place_of(assignment: Assignment) -> str:
    """Return the issue and page an assignment is for, or nothing."""
    if assignment.issue is None:
        return ""
    if assignment.page is None:
        return str(assignment.issue)
    return _("{issue}, page {number}").format(issue=assignment.issue, number=assignment.page)


def offers(assignment: Assignment, user: User, bound=None) -> list[Offer]:
    """Return the verbs that make sense in its state, allowed or not; writers get their own."""
    newsroom = sees_everything(user)
    found = [verb for verb in VERBS.values() if assignment.state in verb.states]
    if newsroom:
        mine = assignment.person_id == user.pk or assignment.unit_id == user.unit_id
        found = [verb for verb in found if verb.name not in ("take_up", "answer_with") or mine]
    else:
        found = [verb for verb in found if verb.name in WRITERS_VERBS]
    offered = [
        Offer(verb, verb.may(user, assignment), form_of(verb, assignment, user, bound))
        for verb in found
    ]
    return offered if newsroom else [offer for offer in offered if offer.verdict]


def form_of(verb: Verb, assignment: Assignment, user: User, bound=None) -> django_forms.Form:
    """Return the form of a verb, filled with what was typed when it is the bound one."""
    data = bound[1] if bound and bound[0] == verb.name else None
    if issubclass(verb.form, django_forms.ModelForm):
        return verb.form(data, instance=Assignment.objects.get(pk=assignment.pk))
    if verb.form is forms.AnswerForm:
        return verb.form(data, writer=user)
    return verb.form(data, initial={"due_at": assignment.due_at})


def _note(act: AssignmentAct, at: datetime) -> str:
    """Return what was noted with an act; an hour as it is said at the desk."""
    try:
        return day_and_hour(datetime.fromisoformat(act.note), at)
    except ValueError:
        return act.note
