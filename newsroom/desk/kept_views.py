"""The doors of saved views: save from the list; rename, move and drop on a page of their own."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models import Article
from newsroom.desk import keeping
from newsroom.desk.models import SavedView
from newsroom.people.verdicts import RefusalError

VERBS = {
    "rename": lambda view, user, posted: keeping.rename(view, by=user, name=posted.get("name", "")),
    "first": lambda view, user, posted: keeping.move_first(view, by=user),
    "drop": lambda view, user, posted: keeping.drop(view, by=user),
}


class KeptViews:
    """What the site offers to do with the views somebody keeps."""

    def view_urls(self):
        """Return the doors."""
        wrap = self.admin_view
        return [
            path("views/", wrap(self.kept_views), name="kept_views"),
            path("views/save/", wrap(require_POST(self.keep_view)), name="keep_view"),
            path(
                "views/<number:pk>/<slug:verb>/",
                wrap(require_POST(self.change_view)),
                name="change_view",
            ),
        ]

    def kept_views(self, request):
        """Show one's own views, to rename, move and drop."""
        context = {
            **self.each_context(request),
            "title": _("My views"),
            "kept": SavedView.objects.of(request.user),
        }
        request.current_app = self.name
        return TemplateResponse(request, "desk/kept_views.html", context)

    def keep_view(self, request):
        """Save the list as it was asked for."""
        query = self.get_model_admin(Article).said(request, request.POST.get("query", ""))
        listed = reverse("admin:articles_article_changelist")
        try:
            view = keeping.keep(by=request.user, name=request.POST.get("name", ""), query=query)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved as “{name}”.").format(name=view.name))
        return HttpResponseRedirect(f"{listed}?{query}" if query else listed)

    def change_view(self, request, pk, verb):
        """Do something with one of one's own views."""
        if verb not in VERBS:
            raise Http404
        view = get_object_or_404(SavedView.objects.of(request.user), pk=pk)
        try:
            VERBS[verb](view, request.user, request.POST)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:kept_views"))
