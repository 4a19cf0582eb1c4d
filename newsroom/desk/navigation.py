"""The tabs over every page of the desk: only what this person may open."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.models import Article, Picture
from articles.permissions import sees_everything
from articles.standing import MINE, QUEUE, is_queue
from issues.models import Issue


@dataclass(frozen=True)
class Tab:
    """A place in the navigation; ``counted`` says for the ear what ``count`` counts."""

    label: str
    url: str
    current: bool = False
    count: int = 0
    counted: str = ""


def tabs(request, site) -> list[Tab]:
    """Return the tabs for whoever asks, with the one they are on marked."""
    if sees_everything(request.user):
        return _newsroom_tabs(request, site)
    return _correspondent_tabs(request)


def _newsroom_tabs(request, site) -> list[Tab]:
    listed = _list_of(Article)
    reviewing = is_queue(request.GET.get(QUEUE, ""))
    found = [
        Tab(_("Workbench"), reverse("admin:index"), request.path == reverse("admin:index")),
        Tab(
            _("Review"),
            f"{listed}?{QUEUE}={MINE}",
            request.path == listed and reviewing,
            Article.objects.waiting_for(request.user).count(),
            _("waiting for me:"),
        ),
        Tab(_("Articles"), listed, request.path.startswith(listed) and not reviewing),
        _pictures_tab(request),
    ]
    if site.is_registered(Issue) and site.get_model_admin(Issue).has_view_permission(request):
        issues = _list_of(Issue)
        found.append(Tab(_("Issues"), issues, request.path.startswith(issues)))
        calendar = reverse("admin:calendar")
        found.append(Tab(_("Calendar"), calendar, request.path.startswith(calendar)))
    everything = reverse("admin:everything")
    return [*found, Tab(_("Everything"), everything, request.path == everything)]


def _correspondent_tabs(request) -> list[Tab]:
    index, listed = reverse("admin:index"), _list_of(Article)
    add = reverse("admin:articles_article_add")
    writing = request.path in (add, reverse("admin:articles_article_word"))
    return [
        Tab(_("My work"), index, request.path == index),
        Tab(_("Write"), add, writing),
        Tab(_("My articles"), listed, request.path.startswith(listed) and not writing),
        _pictures_tab(request),
    ]


def _pictures_tab(request) -> Tab:
    library = _list_of(Picture)
    return Tab(pgettext("tab", "Pictures"), library, request.path.startswith(library))


def _list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
