"""The stock admin site, named and shaped as the newsroom's desk."""

from functools import partial

from allauth.account.internal.flows.logout import logout as end_session
from allauth.account.utils import get_next_redirect_url
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from articles import addresses as _addresses  # noqa: F401 - registers the converter
from articles.attachment_views import desk_attachment
from articles.conflicts import words_typed
from articles.crews import Crew
from articles.permissions import may_see_composed
from articles.picture_views import desk_photo
from newsroom.desk.accounts import people
from newsroom.desk.accounts.records import records
from newsroom.desk.calendar_views import calendar, move
from newsroom.desk.dashboard import workbench
from newsroom.desk.filters import IssueFilter
from newsroom.desk.kept_views import KeptViews
from newsroom.desk.mail_doors import MailDoors
from newsroom.desk.navigation import tabs
from newsroom.desk.newsletter_doors import NewsletterDoors
from newsroom.desk.notice_doors import NoticeDoors
from newsroom.desk.placing import PLACE, places_of
from newsroom.desk.previews.doors import PreviewDoors
from newsroom.desk.publication_views import decide, publication
from newsroom.desk.watch.permissions import may_watch
from newsroom.desk.watch_doors import WatchDoors
from newsroom.people.answers import asked_by_script, trouble
from newsroom.people.models import SiteSettings
from newsroom.people.permissions import may_administer
from newsroom.readers.permissions.newsletter import may_mail

CATALOGUES = ["django.contrib.admin", "django_prose_editor"]


class DeskSite(
    NoticeDoors, MailDoors, NewsletterDoors, WatchDoors, KeptViews, PreviewDoors, admin.AdminSite
):
    """One site for everybody who works here; each sees only what is theirs to see."""

    site_header = _("Newsroom")
    site_title = _("Newsroom")
    index_title = _("Workbench")
    enable_nav_sidebar = False
    # What the list of pieces can be narrowed to that articles know nothing of.
    article_filters = (IssueFilter,)
    # What can be done to many pieces that articles know nothing of.
    bulk_verbs = (PLACE,)
    # What their table for spreadsheets tells besides: a heading, and the cells by the pieces' keys.
    article_columns = ((_("Issue and page"), places_of),)

    def __init__(self, name="admin"):
        super().__init__(name)
        self.disable_action("delete_selected")

    def get_urls(self):
        """Add the pages that belong to no single model."""
        return [
            path(
                "people/<int:pk>/account/", self.admin_view(people.account), name="person_account"
            ),
            path("people/<int:pk>/leave/", self.admin_view(people.leave), name="person_leave"),
            path(
                "people/<int:pk>/account/<slug:verb>/",
                self.admin_view(people.do),
                name="person_do",
            ),
            path("records/", self.admin_view(records), name="records"),
            path("all/", self.admin_view(self.everything), name="everything"),
            path("calendar/", self.admin_view(partial(calendar, site=self)), name="calendar"),
            path(
                "calendar/move/<slug:kind>/<number:pk>/",
                self.admin_view(partial(move, site=self)),
                name="calendar_move",
            ),
            path(
                "calendar/publication/",
                self.admin_view(partial(publication, site=self)),
                name="publication",
            ),
            path(
                "calendar/publication/<slug:verb>/",
                self.admin_view(partial(decide, site=self)),
                name="publication_do",
            ),
            *self.view_urls(),
            path(
                "files/<number:number>/<slug:digest>.<slug:kind>",
                self.admin_view(desk_attachment, cacheable=True),
                name="attachment",
            ),
            path(
                "photos/<digest:digest>/<rendition:name>",
                self.admin_view(desk_photo, cacheable=True),
                name="photo",
            ),
            *super().get_urls(),
        ]

    def admin_view(self, view, cacheable=False):
        """Keep desk pages out of every cache; a view that says itself how long is believed."""
        inner = super().admin_view(view, cacheable)

        def kept_out(request, *args, **kwargs):
            try:
                response = self._expired(request) or inner(request, *args, **kwargs)
            except (PermissionDenied, Http404) as refusal:
                response = self._refused(request, refusal)
            if not (cacheable and response.has_header("Cache-Control")):
                patch_cache_control(response, private=True, no_store=True)
            return response

        return kept_out

    def _refused(self, request, refusal):
        """Say in the desk's own dress that a page is not there, or not for whoever asks."""
        missing = isinstance(refusal, Http404)
        if missing and not self.has_permission(request):
            raise refusal
        status, title = (404, _("There is nothing here")) if missing else (403, _("Not for you"))
        if asked_by_script(request):
            return trouble(status, "missing" if missing else "refused", title)
        context = self.each_context(request) | {"missing": missing, "title": title}
        return TemplateResponse(request, "desk/refused.html", context, status=status).render()

    def _expired(self, request):
        """Show somebody whose session has ended what they typed, instead of losing it."""
        if asked_by_script(request) and not self.has_permission(request):
            return trouble(401, "signed_out", _("You are signed out. Sign in, then it goes on."))
        typed = words_typed(request.POST) if request.method == "POST" else []
        if not typed or self.has_permission(request):
            return None
        return self.signed_out_meanwhile(request, typed)

    def signed_out_meanwhile(self, request, typed):
        """Show what somebody typed, labelled, who is not the one any more that opened the page."""
        context = self.each_context(request) | {"title": _("Signed out meanwhile"), "typed": typed}
        return TemplateResponse(request, "desk/expired.html", context, status=403).render()

    def second_factor_first(self, request, typed):
        """Show what somebody typed whose role needs a second factor that is not there."""
        context = self.each_context(request) | {
            "title": _("Second factor"),
            "second_factor_first": True,
            "typed": typed,
        }
        return TemplateResponse(request, "desk/expired.html", context, status=403).render()

    def each_context(self, request):
        """Add what every page may need: the paper's name, the tabs, and who may sign what."""
        context = super().each_context(request)
        context["paper"] = SiteSettings.current()
        context["crew"] = Crew()
        standing = getattr(request, "second_factor", None)
        open_at_all = context["has_permission"] and not (standing and standing.overdue)
        context["tabs"] = tabs(request, self) if open_at_all else []
        if open_at_all and standing and standing.missing and self._is_time_to_remind(request):
            context["second_factor_reminder"] = standing
        return context

    def _is_time_to_remind(self, request):
        """Remind on the workbench; in the last days on every page."""
        return request.path == reverse("admin:index") or request.second_factor.days_left <= 3

    def get_app_list(self, request, app_label=None):
        """List nothing to who is not signed in; predicates are asked about people who are."""
        return super().get_app_list(request, app_label) if self.has_permission(request) else []

    def index(self, request, extra_context=None):
        """Show what waits for whoever asks."""
        return super().index(request, {**workbench(request.user), **(extra_context or {})})

    def i18n_javascript(self, request, extra_context=None):
        """Bring the words of the admin's scripts, of the text editor's, and of our own."""
        return JavaScriptCatalog.as_view(packages=CATALOGUES)(request)

    def everything(self, request):
        """List every register this person may open."""
        context = {
            **self.each_context(request),
            "title": _("Everything"),
            "app_list": self.get_app_list(request),
            "may_administer": may_administer(request.user),
            "may_watch": may_watch(request.user),
            "may_see_composed": may_see_composed(request.user),
            "may_mail": may_mail(request.user),
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/everything.html", context)

    def login(self, request, extra_context=None):
        """Lead to the page of signing in; what is posted here is as good as posted there."""
        if request.user.is_authenticated and not self.has_permission(request):
            end_session(request, show_message=False)
        page = reverse("account_login")
        if request.method == "POST":
            return resolve(page).func(request)
        following = get_next_redirect_url(request)
        query = f"?{urlencode({REDIRECT_FIELD_NAME: following})}" if following else ""
        return _kept_by_nobody(HttpResponseRedirect(f"{page}{query}"))

    def logout(self, request, extra_context=None):
        """End the session, by the one way that is written down."""
        return resolve(reverse("account_logout")).func(request)

    def password_change(self, request, extra_context=None):
        """Lead to the one page that changes a password."""
        return _kept_by_nobody(HttpResponseRedirect(reverse("account_change_password")))


def _kept_by_nobody(response):
    patch_cache_control(response, private=True, no_store=True)
    return response


def stale(request, reason=""):
    """Answer a form sent with a former secret: signing in anew in another tab has changed it.

    Django's own page would name CSRF and lose what was typed.
    """
    if asked_by_script(request):
        return trouble(403, "stale_token", _("Somebody has signed in anew in this browser."))
    return _kept_by_nobody(admin.site.signed_out_meanwhile(request, words_typed(request.POST)))
