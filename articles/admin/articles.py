"""Articles in the desk: the list, the form, and the doors to the verbs."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from articles import cabinet, permissions, workflow
from articles.admin.checking import CheckDoors
from articles.admin.composing import ComposingDoors, lasting_fieldsets, lasting_kind
from articles.admin.doors import ArticleDoors
from articles.admin.export import ExportDoor
from articles.admin.filing import FilingDoors
from articles.admin.filters import (
    DateFilter,
    HolderFilter,
    NameFilter,
    RoundFilter,
    SectionFilter,
    StateFilter,
    UnitFilter,
)
from articles.admin.inlines import AttachmentInline, BylineInline, PhotoInline, unwrapped
from articles.admin.intake import IntakeDoors
from articles.admin.keeping import KeepingDoors
from articles.admin.lists import ArticleList, Leaves, QueueFilter, views_over
from articles.admin.many import ManyDoors
from articles.admin.owed import OwedDoors
from articles.admin.sheets import SheetDoors
from articles.admin.together import TogetherDoors, said_of_merge
from articles.admin.verbs import asked_for
from articles.admin.versions import VersionDoors
from articles.bulk import MOST_AT_ONCE
from articles.forms import ArticleForm
from articles.models import Article, Byline, Photo
from articles.search import read
from articles.standing import QUEUE, is_queue
from newsroom.people.permissions import works_in_newsroom
from newsroom.people.registers import Register
from newsroom.people.verdicts import YES, Verdict


def _everybody(user) -> Verdict:
    return YES


@admin.register(Article)
class ArticleAdmin(
    ComposingDoors,
    IntakeDoors,
    VersionDoors,
    CheckDoors,
    FilingDoors,
    KeepingDoors,
    TogetherDoors,
    OwedDoors,
    SheetDoors,
    ManyDoors,
    ExportDoor,
    ArticleDoors,
    Register,
):
    form = ArticleForm
    inlines = [BylineInline, PhotoInline, AttachmentInline]
    list_display = [
        "title_column",
        "seals_column",
        "move_column",
        "section",
        "moved_at",
        "due_at",
    ]
    list_filter = [
        QueueFilter,
        StateFilter,
        RoundFilter,
        HolderFilter,
        SectionFilter,
        UnitFilter,
        NameFilter,
        DateFilter,
    ]
    filters_of_authors = [QueueFilter, StateFilter, DateFilter]
    paginator = Leaves
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["search_entry__text"]  # what it is found by; asked in get_search_results
    list_per_page = 50
    list_select_related = True
    show_full_result_count = False
    autocomplete_fields = ["tags"]
    may_look = staticmethod(_everybody)
    may_add = staticmethod(permissions.may_file)

    @admin.display(description=gettext_lazy("Article"), ordering="headline")
    def title_column(self, article):
        """Name the column; the list's own template fills it."""
        return article.title

    @admin.display(description=gettext_lazy("Signatures"))
    def seals_column(self, article):
        """Name the column; the list's own template fills it."""

    @admin.display(description=gettext_lazy("Whose move"), ordering="status")
    def move_column(self, article):
        """Name the column; the list's own template fills it."""

    def get_changelist(self, request, **kwargs):
        """Use the list that fetches what its lines show."""
        return ArticleList

    def get_list_filter(self, request):
        """Add what the rooms above bring; authors get what makes sense of their own pieces."""
        if not permissions.sees_everything(request.user):
            return self.filters_of_authors
        return [*self.list_filter, *self.admin_site.article_filters]

    def _offered(self, request) -> set[str]:
        filters = self.get_list_filter(request)
        return {name for each in filters for name in getattr(each, "parameters", [QUEUE])}

    def lookup_allowed(self, lookup, value, request):
        """Take the parameters of the filters on offer and no other question about a row."""
        return lookup in self._offered(request) and "\0" not in value

    def said(self, request, query: str) -> str:
        """Return what a query asks of the list in the one order in which it is kept.

        Filters on offer, words and order; the leaf that was open is no part of it.
        """
        asked = QueryDict(query)
        names = sorted(self._offered(request) | {SEARCH_VAR, ORDER_VAR})
        return urlencode(
            [(name, asked[name].replace("\0", "")) for name in names if asked.get(name)]
        )

    def changelist_view(self, request, extra_context=None):
        """Add the tabs over the list, and which pieces wait for the reader."""
        if "" in request.GET.values():
            return HttpResponseRedirect(f"?{self.said(request, request.GET.urlencode())}")
        waiting = Article.objects.waiting_for(request.user).values_list("pk", flat=True)
        response = super().changelist_view(
            request,
            {
                "waiting_pks": set(waiting),
                "bulk_verbs": self.bulk_verbs(request).values(),
                "most_at_once": MOST_AT_ONCE,
                **(extra_context or {}),
            },
        )
        if changelist := getattr(response, "context_data", {}).get("cl"):
            count = len(response.context_data["waiting_pks"])
            response.context_data["views"] = views_over(changelist, request.user, count)
        return response

    def get_queryset(self, request):
        """Correspondents see what they filed or are named in, and nothing else exists for them."""
        return Article.objects.seen_by(request.user, permissions.sees_everything(request.user))

    def get_search_results(self, request, queryset, search_term):
        """Look for words in titles, text and names, and for a piece's number."""
        return (queryset.containing(read(search_term)) if search_term else queryset), False

    def get_ordering(self, request):
        """Put the longest-waiting first in a queue."""
        return ["moved_at"] if is_queue(request.GET.get(QUEUE, "")) else ["-moved_at"]

    def get_fieldsets(self, request, obj=None):
        """Follow the order an editor thinks in; correspondents get what is theirs to fill in."""
        if kind := lasting_kind(request, obj):
            return lasting_fieldsets(kind)
        newsroom = works_in_newsroom(request.user)
        titles = ["kicker", "headline", "deck", *(["column_label"] if newsroom else [])]
        filing = ["section", "kind", "unit_head", "summary"]
        more = ["dateline", "source", "tags"] if newsroom else []
        return [
            (_("Titles"), {"fields": titles}),
            (pgettext("heading", "Text"), {"fields": ["body"]}),
            (_("Filing"), {"fields": filing + more}),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Leave the little add and change links out: lists are kept on their own pages."""
        return unwrapped(super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer sections that are in use."""
        if db_field.name == "section":
            kwargs["queryset"] = db_field.related_model.objects.in_use()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Fill a correspondent's own name in under what they begin to write."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        own = getattr(request.user, "correspondent", None)
        if own and obj.pk is None and inline.model is Byline:
            given["initial"] = [{"correspondent": own.pk}]
        if inline.model is Photo:
            given["user"] = request.user
        return given

    def has_change_permission(self, request, obj=None):
        """Ask the article's own permission."""
        return obj is None or bool(permissions.may_edit(request.user, obj))

    # Saving goes through the verb: check, write, count the revision, in one transaction.

    def save_model(self, request, obj, form, change):
        """Leave the writing to ``save_related``, where the rows beside the piece are known too."""

    def save_related(self, request, form, formsets, change):
        """Save the piece with its names and photographs."""

        def write():
            super(ArticleAdmin, self).save_model(request, form.instance, form, change)
            super(ArticleAdmin, self).save_related(request, form, formsets, change)

        workflow.save(form.instance, by=request.user, write=write)
        self.know_saved(request, form.instance)

    def save_formset(self, request, form, formset, change):
        """Keep new files before the rows that name them; then what is known of photographs."""
        for each in formset.forms:
            if checked := getattr(each, "checked", None):
                cabinet.keep(checked.digest, checked.content)
        super().save_formset(request, form, formset, change)
        if formset.model is Photo:
            self.know_photos(request, form.instance, formset)

    def response_add(self, request, obj, post_url_continue=None):
        """Stay with the piece, or go where its verb leads."""
        return self.response_change(request, obj)

    def response_change(self, request, obj):
        """Stay with the piece, or go where its verb leads."""
        saved, met = Article.objects.get(pk=obj.pk), getattr(request, "met", None)
        verb, form = (
            asked_for(request.POST),
            reverse("admin:articles_article_change", args=[obj.pk]),
        )
        if met and met.brought_in:
            self.message_user(request, said_of_merge(saved, met, request.user), messages.SUCCESS)
            if verb:
                # Nobody signs or hands in what they have not read.
                self.message_user(request, _("Read it once more, then go on."), messages.WARNING)
            return HttpResponseRedirect(form)
        if verb:
            return self.act(request, saved, verb)
        self.message_user(request, _("Saved."), messages.SUCCESS)
        return HttpResponseRedirect(form)

    def log_addition(self, request, obj, message):
        """Keep no second log: acts and history are the record."""

    log_change = log_addition
