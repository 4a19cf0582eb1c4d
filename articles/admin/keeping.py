"""The doors of typing that is not saved yet: a script keeps it, its writer takes or drops it."""

import re
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import permissions
from articles.admin.sent import number_in, sent_by_script, unreadable
from articles.conflicts import already_filed
from articles.models import Article, Autosave, Sitting
from articles.typed import MOST_BYTES, UnreadableTypingError, cleaned, posted
from articles.unsaved import caught_up, given_back
from articles.workflow import keeping
from articles.workflow.keeping import Typing
from newsroom.people.answers import TroubleError, answer, asked_by_script, trouble
from newsroom.people.verdicts import RefusalError

KEY = re.compile(r"[A-Za-z0-9-]{1,36}")
NUMBER = re.compile(r"[0-9]{1,15}")  # what a script counts without loss
TAKEN = re.compile(rf"({KEY.pattern}):({NUMBER.pattern})")


class KeepingDoors:
    """What the form of a piece sends while somebody types, and what it is told."""

    def get_urls(self):
        """Put our doors before the stock ones, which take any word for a number."""
        wrap = self.admin_site.admin_view
        own = [
            path("<int:number>/keep/", wrap(self.keep), name="articles_article_keep"),
            path("add/keep/", wrap(self.keep_new), name="articles_article_keep_new"),
            path("typed/<int:kept>/drop/", wrap(self.drop), name="articles_article_drop"),
            path("back/", wrap(self.back), name="articles_article_back"),
        ]
        return own + super().get_urls()

    def keep(self, request, number):
        """Keep what is typed into a piece, or only say how things stand with it."""
        return require_http_methods(["GET", "POST"])(self._keep)(request, number)

    def _keep(self, request, number):
        article = get_object_or_404(self.get_queryset(request), pk=number)
        return self._answered(request, article)

    def keep_new(self, request):
        """Keep what is typed into a piece that has not been saved yet."""
        return require_http_methods(["GET", "POST"])(self._answered)(request, None)

    def _answered(self, request, article):
        try:
            demand_writer(request.user, article)
            page = _key(request.GET, "page")
            if request.method == "POST":
                page = _do_what_was_sent(request, article)
        except TroubleError as error:
            return trouble(*error.answer[:3], **error.answer[3])
        return answer(self.standing(request, article, page))

    def standing(self, request, article, page: str) -> dict:
        """Return what a page is told of its piece and of what is kept for it."""
        kept = Autosave.objects.of_page(request.user, page).first()
        facts = {
            "person": request.user.pk,
            "kept": _of_kept(kept),
        }
        if article is None:
            return facts | _of_new(kept)
        return facts | _of_piece(request.user, article, kept)

    # Taking unsaved typing back into the form

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Fill the form with what its writer left unsaved; let a page go on after its own save."""
        if request.method == "POST":
            article = self._seen(request, object_id)
            request.POST = self._given_back(request, article) or _caught_up(request, article)
        return super().change_view(request, object_id, form_url, extra_context)

    def add_view(self, request, form_url="", extra_context=None):
        """Fill the form of a new piece; lead to the draft that one has become meanwhile."""
        if request.method == "POST":
            if taken := self._given_back(request, None):
                request.POST = taken
            elif became := _draft_of_page(request):
                return self._led_to_draft(request, became)
        return super().add_view(request, form_url, extra_context)

    def _given_back(self, request, article):
        """Return the typing somebody asks for, as the form would post it; None if they do not."""
        number = request.POST.get("_take")
        if number is None:
            return None
        rows = Autosave.objects.offered(request.user, article)
        row = get_object_or_404(rows, pk=int(number) if NUMBER.fullmatch(number) else 0)
        return given_back(row, article)

    def _led_to_draft(self, request, row):
        """Keep what was typed since beside the draft, where it is offered: no piece comes twice."""
        sequence, content = row.sequence + 1, posted(request.POST)
        at_once = timedelta(0)
        typing = Typing(row.page, sequence, content, row.folded_revision, breath=at_once)
        keeping.keep(typing, row.article, by=request.user)
        sentence = _("This piece was saved already. What was typed since is offered below.")
        messages.warning(request, sentence)
        if request.FILES:
            messages.error(request, _("Choose the pictures once more; files are not kept."))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[row.article_id]))

    def render_change_form(self, request, context, *args, **kwargs):
        """Tell the form's script where to send what is typed, and what has been typed already."""
        article = kwargs.get("obj")
        sitting = article and _sitting_of(article)
        typed = request.POST if request.method == "POST" else {}
        form = context["adminform"].form
        context["keeping"] = {
            "address": _address(article),
            "page": _key(typed, "page_key"),
            "sequence": typed.get("sequence", ""),
            "takes": typed.get("takes", ""),
            "is_typed": bool(typed),
            "is_taken": form.is_given_back,
            "saved_by": sitting.person if sitting else "",
        }
        if form.is_given_back and not form.is_stale:
            context["errors"] = None
        return super().render_change_form(request, context, *args, **kwargs)

    # Saving and dropping

    def know_saved(self, request, article) -> None:
        """Fold what the page had sent: it is saved. The form brings its key and number back."""
        pages = [(_key(request.POST, "page_key"), request.POST.get("sequence", ""))]
        if taken := TAKEN.fullmatch(request.POST.get("takes", "")):
            pages.append(taken.groups())
        for page, sequence in pages:
            if page and NUMBER.fullmatch(sequence):
                keeping.know_saved(page, int(sequence), article, by=request.user)

    def drop(self, request, kept):
        """Drop typing that its writer does not want any more."""
        return require_POST(self._drop)(request, kept)

    def _drop(self, request, kept):
        row = get_object_or_404(Autosave.objects.of(request.user), pk=kept)
        keeping.drop(row, by=request.user)
        messages.success(request, _("Dropped: what had been typed and not saved."))
        if row.article_id is None:
            return HttpResponseRedirect(reverse("admin:articles_article_add"))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[row.article_id]))

    def back(self, request):
        """Say that one is signed in again; the window in which one was writing goes on itself.

        Its script asks here who that is now, with what secret it may send.
        """
        if asked_by_script(request):
            return answer({"person": request.user.pk, "token": get_token(request)})
        context = {**self.admin_site.each_context(request), "title": _("Signed in again")}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/back.html", context)


def _key(typed, name: str) -> str:
    """Return the key of a page as an address or a form brings it; empty for anything else."""
    value = typed.get(name, "")
    return value if KEY.fullmatch(value) else ""


def demand_writer(user, article: Article | None) -> None:
    """Raise TroubleError for who writes nothing here."""
    verdict = permissions.may_keep(user, article)
    if not verdict:
        raise TroubleError(403, "refused", verdict.reason)


def clock(at) -> str:
    """Return an instant to the second, with its day unless that is today."""
    here = timezone.localtime(at)
    # Translators: a date format of Django's: day, month and time to the second.
    return date_format(here, "H:i:s" if here.date() == timezone.localdate() else _("j M, H:i:s"))


def _address(article: Article | None) -> str:
    if article is None:
        return reverse("admin:articles_article_keep_new")
    return reverse("admin:articles_article_keep", args=[article.pk])


def _sitting_of(article: Article) -> Sitting | None:
    return Sitting.objects.filter(article=article).select_related("person").first()


def _caught_up(request, article: Article):
    """Return what was posted, going on from the page's own save if that is the last one."""
    row = Autosave.objects.of_page(request.user, _key(request.POST, "page_key")).first()
    if row is None or not row.is_caught_up(article):
        return request.POST
    return caught_up(request.POST, row, article)


def _draft_of_page(request) -> Autosave | None:
    """Return what is kept of a page whose new piece was saved already, but for a second click."""
    if already_filed(request.user, request.POST, len(request.FILES)):
        return None
    rows = Autosave.objects.of_page(request.user, _key(request.POST, "page_key"))
    return rows.select_related("article").exclude(article=None).first()


def _do_what_was_sent(request, article) -> str:
    """Keep what a page sent, or note that it is open; return its key."""
    sent = sent_by_script(request, MOST_BYTES)
    page = _page(sent)
    if sent.get("fields") is None:
        keeping.hear(page, by=request.user)
        return page
    try:
        typing = Typing(
            page=page,
            sequence=number_in(sent, "sequence"),
            began_from=None if article is None else number_in(sent, "began_from"),
            content=cleaned(sent["fields"]),
            takes=_taken(sent.get("takes")),
        )
    except UnreadableTypingError:
        raise unreadable() from None
    try:
        if keeping.keep(typing, article, by=request.user):
            return page
    except RefusalError as refusal:
        raise TroubleError(403, "refused", str(refusal)) from refusal
    raise _not_kept(request.user, article, typing)


def _page(sent: dict) -> str:
    value = sent.get("page")
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise unreadable()
    return value


def _taken(takes) -> tuple[str, int] | None:
    if not takes:
        return None
    if not isinstance(takes, dict):
        raise unreadable()
    return _page(takes), number_in(takes, "sequence")


def _not_kept(user, article, typing: Typing) -> TroubleError:
    """Say why nothing was kept: asked only then, so that keeping itself costs one statement."""
    row = Autosave.objects.of_page(user, typing.page).first()
    if row is None:
        sentence = _("Too many forms are open and not saved. Save or drop some, then go on.")
        return TroubleError(429, "too_many", sentence)
    if row.sequence >= typing.sequence:
        sentence = _("This page has sent something newer already; that is kept.")
        return TroubleError(409, "older", sentence, sequence=row.sequence)
    if article is not None and row.article_id != article.pk:
        raise unreadable()
    return TroubleError(429, "too_often", _("That was a little fast. It is sent again by itself."))


def _of_kept(kept: Autosave | None) -> dict | None:
    if kept is None:
        return None
    return {"sequence": kept.sequence, "at": clock(kept.kept_at), "unsaved": bool(kept.content)}


def _of_new(kept: Autosave | None) -> dict:
    """Say where a new piece is that was saved while its page slept."""
    if kept is None or kept.article_id is None:
        return {}
    return {"piece": reverse("admin:articles_article_change", args=[kept.article_id])}


def _of_piece(user, article: Article, kept: Autosave | None) -> dict:
    sitting = _sitting_of(article)
    return {
        "revision": article.revision,
        "saved_at": clock(sitting.saved_at if sitting else article.changed_at),
        "saved_by": str(sitting.person) if sitting else "",
        # Its own typing, saved by itself while the page slept, is nothing to be warned of.
        "goes_on_from": article.revision if kept and kept.is_caught_up(article) else None,
        "why_not": permissions.may_change(user, article).reason,
    }
