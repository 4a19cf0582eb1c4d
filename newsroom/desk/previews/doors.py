"""The newsroom's doors to the site of another hour: choosing one, and walking about in it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.attachment_views import desk_attachment
from articles.picture_views import desk_photo
from issues.expecting import expectation
from issues.models import Issue
from newsroom.desk.previews import addresses as _addresses  # noqa: F401 - registers “moment”
from newsroom.desk.previews.addresses import Moment
from newsroom.desk.previews.permissions import may_lend, may_preview
from newsroom.desk.previews.showing import (
    Frame,
    kept_from_everybody,
    origin_of,
    page_as_of,
    public_view,
)
from newsroom.people import clock

HOURS = 10  # to choose from at once
# Files are asked of the desk's own doors: the newsroom sees every one of them.
FILES = {"articles:photo": desk_photo, "articles:attachment": desk_attachment}


class MomentForm(forms.Form):
    """Which instant, and with what."""

    at = forms.DateTimeField(
        label=_("instant"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    issue = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    unsigned = forms.BooleanField(label=_("with unsigned pieces as they stand"), required=False)
    path = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def moment(self) -> Moment:
        """Return what was chosen; an empty instant is now."""
        chosen = self.cleaned_data
        return Moment(chosen["at"], chosen["issue"], chosen["unsigned"])


class PreviewDoors:
    """What the desk offers of previews."""

    def get_urls(self):
        """Add the page on which an instant is chosen, and the site as of one."""
        return [
            path("preview/", self.admin_view(self.choose_moment), name="preview"),
            path("preview/<moment:moment>/", self.admin_view(self.site_as_of), name="preview_site"),
            path(
                "preview/<moment:moment>/<path:page>",
                self.admin_view(self.site_as_of),
                name="preview_page",
            ),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def choose_moment(self, request):
        """Offer the instants worth a look, and any other."""
        _admit(request)
        asked = "at" in request.GET
        form = MomentForm(request.GET if asked else None)
        if asked and form.is_valid():
            return HttpResponseRedirect(address(form.moment(), form.cleaned_data["path"]))
        context = {
            **self.each_context(request),
            "title": _("Preview"),
            "form": form,
            "now": address(Moment()),
            "hours": [(each, each.hour, address(moment_of(each))) for each in _to_come()],
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "desk/previews/choose.html", context, status=status)

    @method_decorator(require_safe)
    def site_as_of(self, request, moment: Moment, page: str = ""):
        """Show a public page as residents will see it then."""
        _admit(request)
        match = public_view(f"/{page}", but=FILES)
        if match.view_name in FILES:
            answer = FILES[match.view_name](request, *match.args, **match.kwargs)
            return kept_from_everybody(answer)
        issue = _issue(moment)
        found = expectation(moment.at or clock.now(), issue=issue, unsigned=moment.unsigned)
        shown = page_as_of(request, f"/{page}", found)
        bar = render_to_string(
            "desk/previews/_bar.html", _bar(request, moment, found, page, issue), request=request
        )
        frame = Frame(bar, lambda where: _inside(moment, where), origin_of(request))
        return frame.around(shown)


def _to_come() -> list[Issue]:
    """Return the next issues that have an hour, planned or given."""
    issues = Issue.objects.not_cancelled().not_live(clock.now()).by_their_hour()
    return list(issues.select_related("release")[:HOURS])


def _admit(request) -> None:
    if not may_preview(request.user):
        raise PermissionDenied


def _issue(moment: Moment) -> Issue | None:
    known = Issue.objects.select_related("release")
    return get_object_or_404(known, pk=moment.issue) if moment.issue else None


def moment_of(issue: Issue) -> Moment:
    """Return the instant at which an issue is out, as far as it has one."""
    return Moment(issue.release.publish_at or issue.planned_time, issue.pk)


def address(moment: Moment, page: str = "/") -> str:
    """Return where a public page stands in a preview; the front page for what is none."""
    try:
        public_view(page.partition("?")[0])
    except Http404:
        page = "/"
    return _inside(moment, page)


def _inside(moment: Moment, page: str) -> str:
    return reverse("admin:preview_site", args=[moment]).removesuffix("/") + page


def _lend(page: str, issue: Issue | None) -> str:
    """Return where what is looked at can be sent outside: a piece, a page or an issue."""
    match = public_view(f"/{page}")
    ours = issue is not None and match.kwargs.get("edition") == (issue.date, issue.sequence)
    what = {
        "articles:article": {"article": match.kwargs.get("number")},
        "issues:issue": {"issue": issue.pk} if ours else {},
        "issues:page": {"issue": issue.pk, "page": match.kwargs.get("number")} if ours else {},
    }.get(match.view_name)
    return f"{reverse('admin:desk_previewlink_add')}?{urlencode(what)}" if what else ""


def _bar(request, moment: Moment, found, page: str, issue) -> dict:
    return {
        "moment": moment,
        "expectation": found,
        "issue": issue,
        "path": f"/{page}",
        "lend": _lend(page, issue) if may_lend(request.user) else "",
        "other": _inside(moment._replace(unsigned=not moment.unsigned), f"/{page}"),
        "form": MomentForm(
            initial={
                "at": found.at, "issue": moment.issue, "unsigned": moment.unsigned,
                "path": f"/{page}",
            },
            auto_id="preview-%s",
        ),
    }  # fmt: skip
