"""The doors of an article in the desk: reading, the verbs, and saving without loss."""

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from js_asset import Media

from articles import permissions
from articles.admin.checking import checklist_to_read
from articles.admin.composing import topics_context
from articles.admin.previewing import preview_response
from articles.admin.reading import for_reading, reading_context
from articles.admin.together import (
    changes_nothing,
    choices_context,
    company_context,
    keep_overlap,
    meet,
)
from articles.admin.verbs import form_of, known, offers, talk_forms
from articles.bulk import done_just_now
from articles.choices import between
from articles.conflicts import already_filed, clashes
from articles.models import Article, Unsaved
from articles.posted import posted_content
from articles.revisions import content_now
from articles.workflow import meeting
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError, demand

TYPED = "typed"


class ArticleDoors:
    """What an article's admin offers beyond the stock list and form."""

    def get_urls(self):
        """Put our doors before the stock ones; the log of the stock admin is not kept."""
        wrap = self.admin_site.admin_view
        own = [
            path("<int:number>/read/", wrap(self.read), name="articles_article_read"),
            path("<int:number>/preview/", wrap(self.preview), name="articles_article_preview"),
            path("<int:number>/do/<slug:verb>/", wrap(self.do), name="articles_article_do"),
        ]
        stock = [url for url in super().get_urls() if not (url.name or "").endswith("_history")]
        return own + stock

    def _seen(self, request, number) -> Article:
        """Return the piece, or 404 for one that does not exist or is not the asker's to see."""
        seen = for_reading(self.get_queryset(request))
        return get_object_or_404(seen, pk=_number(number))

    # Reading

    def read(self, request, number):
        """Show the piece as the paper prints it, what changed, and what may be done."""
        return self._reading(request, self._seen(request, number))

    def _reading(self, request, article, reason=""):
        context = {
            **self.admin_site.each_context(request),
            **reading_context(article, request.user, clean=request.GET.get("view") == "clean"),
            **company_context(article, request.user),
            "offers": offers(article, request.user, refused := self._refused(request, article)),
            **talk_forms(article, request.user, refused, about=request.GET.get("on", "")),
            **checklist_to_read(article),
            **topics_context(article, request.user),
            "reason": reason,
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/read.html", context)

    def preview(self, request, number):
        """Show the working copy as the public page would."""
        return preview_response(request, self._seen(request, number))

    # Writing

    def add_view(self, request, form_url="", extra_context=None):
        """Let one person's clicks queue up, so that the second finds what the first filed."""
        if request.method != "POST":
            return super().add_view(request, form_url, extra_context)
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
            if filed := already_filed(request.user, request.POST, len(request.FILES)):
                return self.response_change(request, filed)
            return super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the form to who may edit, the piece to who may not; save without overwriting."""
        article = self._seen(request, object_id)
        if request.method != "POST":
            verdict = permissions.may_change(request.user, article)
            if not verdict:
                return self._reading(request, article, verdict.reason)
            return super().change_view(request, object_id, form_url, extra_context)
        try:
            return self._saving(request, article, form_url, extra_context)
        except RefusalError as refusal:
            return self._kept(request, article, str(refusal))

    def _saving(self, request, article, form_url, extra_context):
        """Save under a lock, so that nobody's revision slips in between asking and writing.

        What others have saved meanwhile is brought in; what overlaps is asked, and nothing saved.
        """
        with transaction.atomic():
            locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
            demand(permissions.may_change(request.user, locked))
            met = meet(request, locked, self._typable(request, locked))
            if changes_nothing(met):
                self.know_saved(request, locked)
                return self.response_change(request, locked)
            response = super().change_view(request, str(article.pk), form_url, extra_context)
            # Rows that were to come back are put back by a save alone.
            transaction.set_rollback(response.status_code != 302)
        keep_overlap(article, met, request.user)
        return response

    def _typable(self, request, article) -> list[str]:
        return flatten_fieldsets(self.get_fieldsets(request, article))

    def render_change_form(self, request, context, *args, **kwargs):
        """Add the verbs, and the places to choose at where somebody else has saved meanwhile."""
        form, article = context["adminform"].form, kwargs.get("obj")
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        if article is None:
            context["title"] = _("Write a piece")
            context |= self.checklist(request, None)
            return super().render_change_form(request, context, *args, **kwargs)
        stored = self._seen(request, article.pk)
        met = getattr(request, "met", None)
        if met and met.merged:
            context |= choices_context(met, request.user)
        # A form that could not be brought together goes on from where it began.
        apart = form.is_stale and not (met and met.merged)
        context["read_revision"] = form.began_from or 0 if apart else stored.revision
        context |= reading_context(stored, request.user) | company_context(stored, request.user)
        context |= self.checklist(request, stored)
        refused = self._refused(request, stored)
        context["offers"] = offers(stored, request.user, refused, tied_to="article_form")
        context |= talk_forms(stored, request.user)
        response = super().render_change_form(request, context, *args, **kwargs)
        response.status_code = 409 if form.is_stale else response.status_code
        return response

    def _kept(self, request, article, reason):
        """Show what could not be saved, whole, beside what is stored; keep it, too."""
        typed = posted_content(request.POST, request.FILES, self._typable(request, article))
        meeting.keep_unsaved(
            article,
            by=request.user,
            reason=Unsaved.Reason.REFUSED,
            places=between(content_now(article), typed, by=request.user),
            body=typed.body,
            note=reason,
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Not saved"),
            "reason": reason,
            "original": article,
            "clashes": clashes(request.POST, article, None, by=request.user),
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/kept.html", context, status=409)

    # Verbs

    def do(self, request, number, verb):
        """Do a verb to a piece: the one door of them all."""
        return require_POST(self._do)(request, number, verb)

    def _do(self, request, number, verb):
        return self.act(request, self._seen(request, number), verb)

    def act(self, request, article, name):
        """Run a verb with what was posted for it; a refusal is said, and nothing typed is lost."""
        verb = known(name)
        if verb is None:
            raise Http404
        form = form_of(verb, article, (name, request.POST), user=request.user)
        page = reverse(f"admin:articles_article_{verb.page}", args=[article.pk]) + verb.spot
        said = None
        try:
            if not form.is_valid():
                raise RefusalError(" ".join(sum(form.errors.values(), [])))
            if not (verb.once and done_just_now(article, request.user, name)):
                said = verb.do(article, request.user, form.cleaned_data)
        except RefusalError as refusal:
            if verb.repeats or not done_just_now(article, request.user, name):
                messages.error(request, str(refusal))
                self._remember(request, article, name)
                return HttpResponseRedirect(page)
        title = format_html("《{}》", article.title)
        done = said if isinstance(said, str) else verb.done
        messages.success(request, format_html("{} {}", title, done))
        return HttpResponseRedirect(reverse("admin:index") if verb.leaves else page)

    def _remember(self, request, article, name):
        typed = {key: value for key, value in request.POST.items() if key.startswith(f"{name}-")}
        request.session[TYPED] = {"article": article.pk, "verb": name, "data": typed}

    def _refused(self, request, article):
        """Return the verb that was refused on this piece and what was typed for it, once."""
        if request.method == "POST":
            name = request.POST.get("_verb")
            return (name, request.POST) if name else None
        typed = request.session.get(TYPED)
        if not typed or typed["article"] != article.pk:
            return None
        del request.session[TYPED]
        return typed["verb"], typed["data"]


def _number(object_id) -> int:
    """Return the number in an address; the stock admin's addresses take any text there."""
    try:
        return int(object_id)
    except ValueError:
        raise Http404 from None
