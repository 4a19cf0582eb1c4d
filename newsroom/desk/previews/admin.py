"""What was lent to whom, in the desk: lend, see what became of it, hand out a code, revoke."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from articles.models import Article
from issues.models import Issue
from newsroom.desk.models import PreviewLink
from newsroom.desk.previews import lending, permissions
from newsroom.desk.previews.forms import LendForm
from newsroom.desk.previews.standing import answers_of, state_of
from newsroom.people import clock
from newsroom.people.registers import Register
from newsroom.people.verdicts import RefusalError

OPENINGS = 40


@admin.register(PreviewLink)
class PreviewLinkAdmin(Register):
    may_look = staticmethod(permissions.may_see_links)
    may_add = staticmethod(permissions.may_lend)
    may_change = staticmethod(permissions.may_lend)
    list_display = ["lent_shown", "for_whom", "state_shown", "expires_at", "opened", "last_opened"]
    list_per_page = 50
    search_fields = ["recipient", "organisation"]
    show_full_result_count = False

    def get_queryset(self, request):
        """Bring along what is lent, and how often it was opened."""
        return super().get_queryset(request).with_lent().with_openings()

    @admin.display(description=gettext_lazy("what"))
    def lent_shown(self, link):
        """What is lent."""
        return link.lent

    @admin.display(description=gettext_lazy("for whom"), ordering="recipient")
    def for_whom(self, link):
        """Whom it is for."""
        return link.called

    @admin.display(description=gettext_lazy("state"))
    def state_shown(self, link):
        """What has become of it."""
        return state_of(link, clock.now()).label

    @admin.display(description=gettext_lazy("opened"), ordering="times")
    def opened(self, link):
        """How often."""
        return link.times

    @admin.display(description=gettext_lazy("last opened"), ordering="last_opened_at")
    def last_opened(self, link):
        """When last."""
        return link.last_opened_at

    def get_urls(self):
        """Add the doors to the verbs."""
        wrap = self.admin_site.admin_view
        return [
            path("<number:pk>/revoke/", wrap(self.revoke), name="desk_previewlink_revoke"),
            path("<number:pk>/code/", wrap(self.renew_code), name="desk_previewlink_code"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Lend; link and code are shown in the answer, this once, and kept nowhere."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        title = _("Send outside for checking")
        what = _what(request.GET)
        if what is None:
            issues = Issue.objects.not_live(clock.now()).oldest_first()
            return self._page(request, "choose_lent", title=title, issues=issues)
        form = LendForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                lent = lending.lend(by=request.user, **what, **form.lent())
            except RefusalError as refusal:
                form.add_error(None, str(refusal))
            else:
                where = reverse("previews:home", args=[lent.token])
                url = request.build_absolute_uri(where)
                return self._show(request, lent.link, url=url, code=lent.code)
        context = {
            "form": form,
            "what": PreviewLink(**what),
            "title": _("Send outside for checking"),
        }
        return self._page(request, "new", status=400 if form.errors else 200, **context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show what became of a link."""
        link = self.get_object(request, object_id)
        if link is None:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._show(request, link)

    @method_decorator(require_POST)
    def revoke(self, request, pk):
        """Take a link back."""
        link = self._asked(request, pk)
        try:
            lending.revoke(link, by=request.user)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Revoked: the link opens nothing any more."))
        return HttpResponseRedirect(reverse("admin:desk_previewlink_change", args=[pk]))

    @method_decorator(require_POST)
    def renew_code(self, request, pk):
        """Hand out another code, shown in the answer, this once."""
        link = self._asked(request, pk)
        try:
            code = lending.renew_code(link, by=request.user)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:desk_previewlink_change", args=[pk]))
        return self._show(request, link, code=code)

    def _asked(self, request, pk) -> PreviewLink:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(PreviewLink.objects.with_lent(), pk=pk)

    def _show(self, request, link, **once):
        openings = link.openings.select_related("article")
        return self._page(
            request,
            "link",
            title=link.lent,
            link=link,
            state=state_of(link, clock.now()),
            revocable=permissions.may_revoke(request.user, link),
            renewable=permissions.may_renew_code(request.user, link),
            openings=list(openings[:OPENINGS]),
            times=openings.count(),
            answers=answers_of(link),
            **once,
        )

    def _page(self, request, name, *, status=200, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"desk/previews/{name}.html", context, status=status)


def _what(query) -> dict | None:
    """Return what is to be lent, as an address names it; None where it names nothing.

    Raises Http404 for what is not there.
    """
    numbers = {
        name: int(query[name])
        for name in ("article", "issue", "page")
        if query.get(name, "").isdecimal() and len(query[name]) < 18
    }
    if "article" in numbers:
        return {"article": get_object_or_404(Article, pk=numbers["article"])}
    if "issue" in numbers:
        issue = get_object_or_404(Issue.objects.select_related("release"), pk=numbers["issue"])
        return {"issue": issue, "page": numbers.get("page")}
    return None
