"""The library in the desk: the list of pictures, the page of each, and using one again."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import permissions
from articles.admin.lists import Leaves
from articles.admin.picking import PickingDoor
from articles.admin.picture_filters import (
    AboutFilter,
    PersonFilter,
    PictureDateFilter,
    PictureSectionFilter,
    ShelfFilter,
    uses_seen_by,
)
from articles.admin.picture_lists import LookFilter, PictureList, cards
from articles.library_forms import FactsForm, PieceForm
from articles.models import Article, Picture
from articles.photo_forms import USUAL_RIGHTS
from articles.reusing import cautions
from articles.search import read
from articles.standing import with_reviews
from articles.workflow import reusing
from articles.workflow.describing import describe_picture
from newsroom.people.permissions import nobody
from newsroom.people.registers import Register
from newsroom.people.verdicts import YES, RefusalError, Verdict

MOST_ALIKE = 12
MOST_PIECES = 20


def _everybody(user) -> Verdict:
    return YES


@admin.register(Picture)
class PictureAdmin(PickingDoor, Register):
    may_look = staticmethod(_everybody)
    may_add = staticmethod(nobody)
    may_change = staticmethod(nobody)
    list_display = ["pk"]
    list_filter = [
        ShelfFilter,
        LookFilter,
        AboutFilter,
        PictureSectionFilter,
        PersonFilter,
        PictureDateFilter,
    ]
    search_fields = ["place"]  # what it is found by is asked in get_search_results
    paginator = Leaves
    list_per_page = 48
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_urls(self):
        """Put our doors before the stock ones; pictures come in with pieces, never here."""
        wrap = self.admin_site.admin_view
        left_out = ("_add", "_history")
        stock = [url for url in super().get_urls() if not (url.name or "").endswith(left_out)]
        use = path("<int:number>/use/", wrap(self.use), name="articles_picture_use")
        return [use, *stock]

    # The list

    def get_changelist(self, request, **kwargs):
        """Use the list that fetches what its cards show."""
        return PictureList

    def get_queryset(self, request):
        """Return what the asker may see; nothing else exists for them."""
        everything = permissions.sees_everything(request.user)
        return Picture.objects.seen_by(request.user, everything)

    def get_search_results(self, request, queryset, search_term):
        """Look for words printed with a picture, over it, and of the shot."""
        return queryset.with_words(search_term, uses_seen_by(request.user)), False

    def _offered(self, request) -> set[str]:
        named = {getattr(each, "parameter_name", None) for each in self.list_filter} - {None}
        return named | {
            name for each in self.list_filter for name in getattr(each, "parameters", ())
        }

    def lookup_allowed(self, lookup, value, request):
        """Take the parameters of the filters and no other question about a row."""
        return lookup in self._offered(request) and "\0" not in value

    def changelist_view(self, request, extra_context=None):
        """Show the library."""
        return super().changelist_view(request, {"title": _("Pictures"), **(extra_context or {})})

    # The page of a picture

    def _seen(self, request, number) -> Picture:
        """Return the picture, or 404 for one that does not exist or is not the asker's to see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(
            self.get_queryset(request).select_related("uploaded_by"), pk=number
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a picture whole: its facts, its uses, what looks like it; take its facts."""
        if not str(object_id).isdecimal():
            raise Http404
        picture = self._seen(request, int(object_id))
        form = self._facts_form(request, picture)
        if request.method == "POST":
            if form is None:
                raise PermissionDenied
            if form.is_valid() and self._described(request, picture, form):
                return HttpResponseRedirect(request.path)
        status = 200 if request.method == "GET" else 409
        context = self._context(request, picture) | {"form": form, "usual_rights": USUAL_RIGHTS}
        return self._page(request, "articles/desk/picture.html", context, status)

    def _facts_form(self, request, picture) -> FactsForm | None:
        """Return the form of the facts for who may state them."""
        if not permissions.may_describe(request.user, picture):
            return None
        copy = Picture.objects.get(pk=picture.pk)  # what is typed does not show as stored
        return FactsForm(request.POST or None, instance=copy)

    def _described(self, request, picture, form) -> bool:
        try:
            read = form.cleaned_data["read"]
            describe_picture(picture, by=request.user, read=read, **form.typed())
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            form.data = form.data.copy()
            form.data["read"] = Picture.objects.get(pk=picture.pk).facts_mark
            return False
        messages.success(request, _("Saved."))
        return True

    def _context(self, request, picture) -> dict:
        user = request.user
        everything = permissions.sees_everything(user)
        (card,) = cards([picture], user)
        near = self.get_queryset(request).like(picture.fingerprint).exclude(pk=picture.pk)
        pieces = [use.article.pk for use in card.uses]
        seen = Article.objects.with_keys(pieces).seen_by(user, everything).for_desk_list()
        return {
            "title": _("Picture {number}").format(number=picture.pk),
            "picture": picture,
            "card": card,
            "seen": {article.pk: article for article in with_reviews(seen)},
            "cautions": cautions(picture),
            "alike": cards(list(near[:MOST_ALIKE]), user),
            "may_describe": permissions.may_describe(user, picture),
            "may_read_consent": permissions.may_read_consent(user, picture),
            "tells_sender": everything or picture.uploaded_by_id == user.pk,
            "may_file": permissions.may_file(user),
        }

    def _page(self, request, template, context, status=200):
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, shared | context, status=status)

    # Using it again

    def use(self, request, number):
        """Offer the pieces somebody may change, and put the picture into the one chosen."""
        picture = self._seen(request, number)
        if not permissions.may_file(request.user):
            raise PermissionDenied
        if request.method == "POST" and (answer := self._put(request, picture)):
            return answer
        return self._pieces(request, picture, 409 if request.method == "POST" else 200)

    def _put(self, request, picture):
        form = PieceForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose a piece."))
            return None
        everything = permissions.sees_everything(request.user)
        seen = Article.objects.seen_by(request.user, everything)
        article = get_object_or_404(seen, pk=form.cleaned_data["piece"])
        try:
            reusing.put_into(article, by=request.user, picture=picture)
        except RefusalError as refusal:
            messages.error(request, format_html("《{}》 {}", article.title, refusal))
            return None
        said = _(
            "The picture stands last in this piece. Its words come from its last use: check them."
        )
        messages.warning(request, said)
        there = reverse("admin:articles_article_change", args=[article.pk])
        return HttpResponseRedirect(f"{there}#photos-group")

    def _pieces(self, request, picture, status):
        words = request.GET.get("q", "").replace("\0", "")[:200].strip()
        mine = Article.objects.to_be_written_by(
            request.user, permissions.handles_all(request.user)
        ).kept()
        found = mine.containing(read(words)) if words else mine
        context = {
            "title": _("Put into a piece"),
            "picture": picture,
            "card": cards([picture], request.user)[0],
            "cautions": cautions(picture),
            "pieces": with_reviews(found.for_desk_list().order_by("-changed_at")[:MOST_PIECES]),
            "words": words,
        }
        return self._page(request, "articles/desk/picture_use.html", context, status)
