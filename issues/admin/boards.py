"""The board of an issue in the desk: its page, and what its script asks: company, moves, news."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from issues import company, findings, permissions
from issues.admin import verbs
from issues.board import Board
from issues.calendar_forms import TemplateNameForm
from issues.forms import PageForm, TrayForm
from issues.models import Issue, PageFormat, Placement
from issues.panel import Panel
from issues.tray import Order
from issues.wording import (
    missing_sentence,
    reopened_sentence,
    state_of,
    unsigned_sentence,
    when_sentence,
)
from newsroom.people.clock import now as clock
from newsroom.people.verdicts import RefusalError

ACTS = 12
# What the script of the board does: the verbs of the cards, answered with a fresh board.
MOVES = ("place", "take_off", "undo")


class BoardDoors:
    """The board as a page, and the doors behind which its script gets it afresh."""

    def get_urls(self):
        """Put our doors before the stock ones."""
        wrap = self.admin_site.admin_view
        move = wrap(self.move)
        return [
            path("<number:pk>/board/here/", wrap(self.here), name="issues_issue_here"),
            path("<number:pk>/board/<slug:verb>/", move, name="issues_issue_move"),
            *super().get_urls(),
        ]

    @method_decorator([never_cache, gzip_page, require_POST])
    def here(self, request, pk):
        """Note who has the board open; answer with it where it has changed, else with nothing."""
        issue = self._seen(request, pk)
        if request.POST.get("leave"):
            company.leave(issue, by=request.user)
            return HttpResponse(status=204)
        company.be_here(issue, by=request.user)
        if company.mark_of(issue) == request.POST.get("mark"):
            return HttpResponse(status=204)
        return self._fresh(request, issue)

    @method_decorator([never_cache, gzip_page, require_POST])
    def move(self, request, pk, verb):
        """Do a move; answer with the board as it is then, and why not where it was refused."""
        issue = self._seen(request, pk)
        if verb not in MOVES:
            raise Http404
        chosen = verbs.LAYOUT[verb]
        form = chosen.form(request.POST)
        try:
            if not form.is_valid():
                raise RefusalError(" ".join(sum(form.errors.values(), [])))
            chosen.run(issue, by=request.user, data=form.cleaned_data)
        except RefusalError as refusal:
            return self._fresh(request, issue, status=409, said=str(refusal))
        return self._fresh(request, issue)

    def _seen(self, request, pk) -> Issue:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Issue.objects.select_related("release"), pk=pk)

    def _fresh(self, request, issue, *, status=200, said=""):
        context = self.board_context(request, issue)
        html = render_to_string("admin/issues/issue/_board.html", context, request)
        told = {"html": html, "mark": context["mark"], "said": said}
        return JsonResponse(told, status=status)

    def board_page(self, request, issue, *, bound=None, status=200):
        """Show the board; ``bound`` is a refused verb and what was typed into its form."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            **self.board_context(request, issue, bound=bound),
        }
        request.current_app = self.admin_site.name
        name = "admin/issues/issue/board.html"
        return TemplateResponse(request, name, context, status=status)

    def board_context(self, request, issue, *, bound=None) -> dict:
        """Return what the board shows. The mark is taken first, so that it is never too new."""
        mark = company.mark_of(issue)
        now = timezone.now()
        wish = TrayForm(request.GET).wish
        board = Board(issue, user=request.user, at=now, wish=wish)
        found = findings.findings(issue)
        return {
            "title": str(issue),
            "issue": issue,
            "board": board,
            "mark": mark,
            "stored_at": clock(),
            "state": state_of(issue, now),
            "when": when_sentence(issue, now),
            "lacks": _lacks(board, found),
            "offers": verbs.offers(issue, request.user, now, bound, found),
            "findings": found,
            "panel": Panel(issue, request.user, found),
            "blocking": sum(finding.blocking for finding in found),
            "may_lay_out": permissions.may_lay_out(request.user, issue),
            "may_leave_out": permissions.may_change_what_goes_out(request.user, issue),
            "may_assign": permissions.may_assign(request.user),
            "replan": verbs.form_of(verbs.LAYOUT["replan"], issue),
            "keep_template": TemplateNameForm(),
            "new_page": PageForm(initial={"number": len(board.pages) + 1}),
            "weights": Placement.Weight.choices,
            "orders": Order.choices,
            "formats": list(PageFormat.objects.all()),
            "acts": [
                (verbs.words_of(act), verbs.note_of(act, now), act)
                for act in issue.acts.select_related("by")[:ACTS]
            ],
            "imports": issue.imports.exclude(confirmed_at=None).defer("text")[:3],
        }


def _lacks(board: Board, found: list) -> str:
    """Say what is to be done before closing, or what became unsigned after it."""
    if board.issue.status == Issue.Status.PLANNING:
        return missing_sentence(board.missing, sum(finding.blocking for finding in found))
    if board.reopened:
        return reopened_sentence(board.reopened)
    return unsigned_sentence(board.unsigned) if board.placements else ""
