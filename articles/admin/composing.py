"""Pages and topics in the desk: what there is, the form of each, and what a topic gathers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from articles import permissions, workflow
from articles.admin.inlines import BylineInline
from articles.kinds import Lasting
from articles.markup import headings
from articles.models import Article, TopicCourse, TopicEntry
from articles.search import read
from articles.topic_forms import ArrangeForm, FootForm, GatherForm, OrderForm, PieceForm
from newsroom.people.verdicts import RefusalError

MOST_FOUND = 20
TOPIC = "<int:number>/topic/"

# A verb of a topic: the form of what it wants to know.
OF_TOPIC = {
    "gather": (GatherForm, workflow.gather),
    "let_go_of": (PieceForm, workflow.let_go_of),
    "put_under": (GatherForm, workflow.put_under),
    "arrange": (ArrangeForm, workflow.arrange),
    "order_topic": (OrderForm, workflow.order_topic),
    "end_topic": (None, workflow.end_topic),
    "go_on_with_topic": (None, workflow.go_on_with_topic),
}
OF_FOOT = {
    "put_in_foot": (None, workflow.put_in_foot),
    "take_from_foot": (None, workflow.take_from_foot),
    "move_in_foot": (FootForm, workflow.move_in_foot),
}


def lasting_kind(request, article: Article | None) -> str:
    """Return whether a form is of a page or a topic, by the piece or by the address; else ''."""
    if article is not None:
        return article.kind if article.lasts else ""
    asked = request.GET.get("kind", "")
    return asked if asked in Lasting.values else ""


def lasting_fieldsets(kind: str):
    """Return what the form of a page or a topic asks for, and nothing that is for news."""
    titles = ["headline", "deck"] if kind == Lasting.PAGE else ["kicker", "headline", "deck"]
    return [
        (_("Titles"), {"fields": titles}),
        (pgettext("heading", "Text"), {"fields": ["body"]}),
        (_("Address"), {"fields": ["slug", "summary"]}),
    ]


def topics_context(article: Article, user) -> dict:
    """Return what a piece's page says of topics: which have it, and which may. One statement."""
    if article.lasts or not permissions.may_see_composed(user):
        return {}
    topics = list(Article.objects.for_a_piece(article.pk))
    may = permissions.may_be_gathered(article)
    return {
        "topics_with_it": [topic for topic in topics if topic.have_it],
        "topics_to_go": [
            topic
            for topic in topics
            if may and not topic.have_it and permissions.may_gather(user, topic)
        ],
    }


class ComposingDoors:
    """What the admin of articles offers for what lasts."""

    def get_urls(self):
        """Put the doors before those that take any text for a number."""
        wrap = self.admin_site.admin_view
        return [
            path("composed/", wrap(self.composed), name="articles_article_composed"),
            path(TOPIC, wrap(self.topic), name="articles_article_topic"),
            path(f"{TOPIC}<slug:verb>/", wrap(self.arrange), name="articles_article_arrange"),
            path("<int:number>/foot/<slug:verb>/", wrap(self.foot), name="articles_article_foot"),
            *super().get_urls(),
        ]

    # The form

    def add_view(self, request, form_url="", extra_context=None):
        """Let editors alone begin a page or a topic."""
        if lasting_kind(request, None) and not (may := permissions.may_compose(request.user)):
            raise PermissionDenied(may.reason)
        return super().add_view(request, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Tell the form which kind it is of."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.lasting = lasting_kind(request, obj)
        return form

    def get_inlines(self, request, obj):
        """Ask for no names under a page or a topic."""
        found = super().get_inlines(request, obj)
        return [each for each in found if not lasting_kind(request, obj) or each != BylineInline]

    def render_change_form(self, request, context, *args, **kwargs):
        """Say what is written, where it is not news."""
        context["lasting"] = lasting = lasting_kind(request, kwargs.get("obj"))
        response = super().render_change_form(request, context, *args, **kwargs)
        if lasting and kwargs.get("obj") is None:
            titles = {Lasting.PAGE: _("Compose a page"), Lasting.TOPIC: _("Compose a topic")}
            response.context_data["title"] = titles[lasting]
        return response

    # What there is

    def composed(self, request):
        """List the pages in the order of the foot, and the topics."""
        if not (may := permissions.may_see_composed(request.user)):
            raise PermissionDenied(may.reason)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Pages and topics"),
            "pages": Article.objects.pages().for_composed(),
            "topics": Article.objects.topics().for_composed(),
            "may_compose": permissions.may_compose(request.user),
            "may_arrange_foot": permissions.may_arrange_foot(request.user),
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/composed.html", context)

    # A topic

    def topic(self, request, number):
        """Show what a topic gathers, under the headings of its text, and find what it may."""
        topic = self._topic(request, number)
        words = request.GET.get("q", "").replace("\0", "").strip()[:100]
        entries = list(TopicEntry.objects.of_topic(topic.pk).for_desk())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Topic: {title}").format(title=topic.title),
            "article": topic,
            "groups": _grouped(headings(topic.body), entries),
            "headings": headings(topic.body),
            "course": TopicCourse.objects.filter(topic=topic).first() or TopicCourse(topic=topic),
            "orders": TopicCourse.Order.choices,
            "count": len(entries),
            "words": words,
            "found": self._pieces_found(request, words, entries),
            "may_gather": permissions.may_gather(request.user, topic),
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/topic.html", context)

    def _topic(self, request, number) -> Article:
        if not permissions.may_see_composed(request.user):
            raise Http404
        return get_object_or_404(self.get_queryset(request).topics(), pk=number)

    def _pieces_found(self, request, words: str, entries: list[TopicEntry]) -> list[Article]:
        if not words:
            return []
        pieces = self.get_queryset(request).news().kept()
        found = pieces.numbered(int(words)) if words.isascii() and words.isdigit() else None
        found = pieces.containing(read(words)) if found is None else found
        there = [entry.article_id for entry in entries]
        return list(found.besides(there).for_desk_list().order_by("-pk")[:MOST_FOUND])

    def arrange(self, request, number, verb):
        """Do a verb to what a topic gathers; a refusal is said."""
        return require_POST(self._arrange)(request, number, verb)

    def _arrange(self, request, number, verb):
        topic = self._topic(request, number)
        page = reverse("admin:articles_article_topic", args=[topic.pk])
        return self._done(request, topic, OF_TOPIC, verb, page)

    def foot(self, request, number, verb):
        """Arrange the pages in the foot of the site."""
        return require_POST(self._foot)(request, number, verb)

    def _foot(self, request, number, verb):
        page = get_object_or_404(self.get_queryset(request).pages(), pk=number)
        return self._done(request, page, OF_FOOT, verb, reverse("admin:articles_article_composed"))

    def _done(self, request, article, verbs, name, page):
        if name not in verbs:
            raise Http404
        shape, verb = verbs[name]
        form = shape(request.POST) if shape else None
        try:
            if form is not None and not form.is_valid():
                raise RefusalError(" ".join(sum(form.errors.values(), [])))
            verb(article, by=request.user, **(form.told(name) if form else {}))
            messages.success(request, _("Done."))
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        spot = f"#piece-{form.data.get('piece', '')}" if name in ("arrange", "put_under") else ""
        return HttpResponseRedirect(page + spot)


def _grouped(known: list[str], entries: list[TopicEntry]) -> list[tuple[str, list[TopicEntry]]]:
    """Return entries by heading in the order of the text; those under no heading of it last."""
    found = {heading: [] for heading in known} | {"": []}
    for entry in entries:
        found[entry.heading if entry.heading in found else ""].append(entry)
    return [(heading, rows) for heading, rows in found.items() if heading or rows or not known]
