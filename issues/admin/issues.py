"""Issues in the desk: the list, a new one, and the page on which one is laid out."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from articles.permissions.restoring import may_restore_archive
from articles.sheet_pages import pdf_response, sheet_page
from issues import permissions
from issues.admin import verbs
from issues.admin.archives import download
from issues.admin.beginning import begin_issue, gaps_for
from issues.admin.boards import BoardDoors
from issues.admin.dryruns import DryRunDoors
from issues.calendar_forms import ReplanForm
from issues.models import Issue
from issues.sheets import issue_sheet
from issues.wording import state_of, unsigned_sentence, when_sentence
from newsroom.people.registers import Register
from newsroom.people.verdicts import RefusalError


@admin.register(Issue)
class IssueAdmin(BoardDoors, DryRunDoors, Register):
    may_look = staticmethod(permissions.may_see_issues)
    may_add = staticmethod(permissions.may_plan)
    may_change = staticmethod(permissions.may_plan)
    list_display = ["name", "number_or_numbers", "state", "when", "pieces", "unsigned"]
    list_filter = ["status"]
    list_per_page = 30
    list_select_related = ["release"]
    date_hierarchy = "date"
    show_facets = admin.ShowFacets.NEVER

    # The list

    def changelist_view(self, request, extra_context=None):
        """Call the list what it is, and tell planners of numbers that nobody has."""
        more = {
            "title": _("Issues"),
            "gaps": gaps_for(request.user),
            "may_restore": bool(may_restore_archive(request.user)),
        }
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def get_queryset(self, request):
        """Add what a line of the list counts."""
        placed = "pages__placements"
        return (
            super()
            .get_queryset(request)
            .annotate(
                placed=Count(placed),
                waiting=Count(placed, filter=Q(pages__placements__article__sealed=None)),
            )
        )

    @admin.display(description=gettext_lazy("issue"), ordering="date")
    def name(self, issue):
        """The date, with the title of a special issue."""
        return format_html('<b class="print">{}</b> {}', issue.address, issue.title)

    @admin.display(description=gettext_lazy("running number"), ordering="number")
    def number_or_numbers(self, issue):
        """The number, or those of a combined issue; an extra may have none."""
        return issue.numbers or ("" if issue.numbered else issue.get_kind_display())

    @admin.display(description=gettext_lazy("state"))
    def state(self, issue):
        """Shape, word and colour."""
        state = state_of(issue, timezone.now())
        return format_html(
            '<span class="state {}"><svg class="i" viewBox="0 0 16 16" aria-hidden="true">'
            '<use href="#s-{}"/></svg>{}</span>',
            state.tone, state.icon, state.label,
        )  # fmt: skip

    @admin.display(description=gettext_lazy("goes live"), ordering="release__publish_at")
    def when(self, issue):
        """When it goes out, in words."""
        return when_sentence(issue, timezone.now())

    @admin.display(description=gettext_lazy("pieces"))
    def pieces(self, issue):
        """How many pieces stand in it."""
        return ngettext("{n} piece", "{n} pieces", issue.placed).format(n=issue.placed)

    @admin.display(description=gettext_lazy("not signed"))
    def unsigned(self, issue):
        """How many of them are not signed off."""
        return unsigned_sentence(issue.waiting) if issue.placed else ""

    # Doors

    def get_urls(self):
        """Add the door to the verbs."""
        wrap = self.admin_site.admin_view
        act = wrap(self.act)
        return [
            path("<number:pk>/archive/", wrap(download), name="issues_issue_archive"),
            path("<number:pk>/act/<slug:verb>/", act, name="issues_issue_act"),
            path("<number:pk>/sheet/", wrap(self.sheet), name="issues_issue_sheet"),
            path("<number:pk>/sheet.pdf", wrap(self.sheet_pdf), name="issues_issue_sheet_pdf"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Plan a new issue."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return begin_issue(self, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the board of an issue."""
        issue = self.get_object(request, object_id)
        if issue is None:
            raise Http404
        if not self.has_view_permission(request, issue):
            raise PermissionDenied
        return self.board_page(request, issue)

    @method_decorator(require_POST)
    def act(self, request, pk, verb):
        """Do a verb with an issue, or say why not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        issue = get_object_or_404(Issue.objects.select_related("release"), pk=pk)
        chosen = verbs.known(verb)
        if chosen is None:
            raise Http404
        form = chosen.form(
            request.POST, **({"instance": issue} if chosen.form is ReplanForm else {})
        )
        try:
            if not form.is_valid():
                raise RefusalError(" ".join(sum(form.errors.values(), [])))
            chosen.run(issue, by=request.user, data=form.cleaned_data)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            if form.visible_fields() and verb in verbs.VERBS:
                issue.refresh_from_db()
                return self.board_page(request, issue, bound=(verb, request.POST), status=409)
        else:
            messages.success(request, chosen.done)
        piece = form.cleaned_data.get("article")
        board = reverse("admin:issues_issue_change", args=[pk])
        return redirect(f"{board}#piece-{piece}" if piece else board)

    # On paper

    def sheet(self, request, pk):
        """Show the sign-off sheet of an issue, ready to print."""
        back = reverse("admin:issues_issue_change", args=[pk])
        pdf = reverse("admin:issues_issue_sheet_pdf", args=[pk])
        return sheet_page(self, request, self._sheet(request, pk), back=back, pdf=pdf)

    def sheet_pdf(self, request, pk):
        """Give the sign-off sheet of an issue as PDF."""
        return pdf_response(self._sheet(request, pk), f"sheet-of-issue-{pk}.pdf")

    def _sheet(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        issue = get_object_or_404(Issue.objects.select_related("release"), pk=pk)
        return issue_sheet(issue, by=request.user, at=timezone.now())

    def _page(self, request, name, *, status=200, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/issues/issue/{name}.html", context, status=status)
