"""The doors of two people at one piece: who is here, what was saved meanwhile, what was kept."""

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import permissions
from articles.choices import between, choices
from articles.models import Article, Lock, Presence, Unsaved
from articles.reconciling import Reconciled, reconcile
from articles.revisions import content_at, content_now, savings
from articles.typed import number_of
from articles.workflow import meeting
from articles.workflow.locking import MINUTES

MOST_TOLD = 6  # places named in a message; a list of more is read by nobody


class TogetherDoors:
    """What the pages of a piece ask while somebody else may be at it."""

    def get_urls(self):
        """Put our doors before the stock ones."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:number>/here/", wrap(self.here), name="articles_article_here"),
            path(
                "<int:number>/meanwhile/<int:since>/",
                wrap(self.meanwhile),
                name="articles_article_meanwhile",
            ),
            path(
                "<int:number>/unsaved/<int:kept>/",
                wrap(self.unsaved),
                name="articles_article_unsaved",
            ),
            *super().get_urls(),
        ]

    def here(self, request, number):
        """Note who has the piece open, and answer who else has and whether it was saved."""
        return require_POST(self._here)(request, number)

    def _here(self, request, number):
        article = get_object_or_404(self.get_queryset(request), pk=number)
        if request.POST.get("leave"):
            meeting.leave(article, by=request.user)
            return HttpResponse(status=204)
        meeting.be_here(article, by=request.user, typed=bool(request.POST.get("typed")))
        return JsonResponse(standing(article, request.user, request.POST.get("revision", "")))

    def meanwhile(self, request, number, since):
        """Show what has been changed since a revision, and by whom."""
        article = self._seen(request, number)
        before = get_object_or_404(article.events.filter(revision=since)[:1])
        found = between(content_at(article, before.revision), content_now(article), by=request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changed meanwhile: {title}").format(title=article.title),
            "article": article,
            "since": since,
            "savings": savings(article, since),
            "places": found,
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/meanwhile.html", context)

    def unsaved(self, request, number, kept):
        """Show what somebody typed that was not saved as it was."""
        article = self._seen(request, number)
        row = get_object_or_404(_unsaved(article, request.user), pk=kept)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Typed and not saved: {title}").format(title=article.title),
            "article": article,
            "kept": row,
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/unsaved.html", context)


def _unsaved(article: Article, user):
    everything = permissions.sees_everything(user)
    return Unsaved.objects.of(article, user, all_of_them=everything)


def company_context(article: Article, user) -> dict:
    """Return what a page shows at once of who is here, of a lock, and of what was kept."""
    lock = permissions.lock_on(article)
    return {
        "here": _others(article, user),
        "lock": lock,
        "lock_is_mine": lock is not None and lock.holder_id == user.pk,
        "may_break_lock": lock is not None and bool(permissions.may_break_lock(user, article)),
        "lock_minutes": MINUTES,
        "unsaved": list(_unsaved(article, user)[:8]),
    }


def _others(article: Article, user) -> list[Presence]:
    return [each for each in Presence.objects.here(article) if each.person_id != user.pk]


def standing(article: Article, user, revision: str) -> dict:
    """Return, for a script, who is at a piece, who has locked it, and what was saved since."""
    others, lock = _others(article, user), Lock.objects.of(article).first()
    since = number_of(revision) or (0 if revision == "0" else None)
    context = {"here": others, "lock": lock, "lock_is_mine": lock and lock.holder_id == user.pk}
    return {
        "revision": article.revision,
        "names": {str(each.person_id): str(each.person) for each in others},
        "html": render_to_string("articles/desk/_here.html", context),
        "newer": None if since is None else _newer(article, user, since),
    }


def _newer(article: Article, user, since: int) -> dict | None:
    """Say who has saved a piece after the revision somebody began from; None for nobody."""
    if article.revision <= since:
        return None
    found = savings(article, since)
    if not found:
        return None
    last = found[-1]
    seconds = max(0, int((timezone.now() - last.at).total_seconds()))
    ago = (
        _("{seconds} s ago").format(seconds=seconds)
        if seconds < 60
        else _("{minutes} min ago").format(minutes=seconds // 60)
    )
    mine = last.by == user
    sentence = (
        _("You saved a newer text {ago} in another window.")
        if mine
        else _("{name} saved a newer text {ago}.")
    )
    return {
        "revision": last.revision,
        "said": sentence.format(name=last.by or _("Somebody"), ago=ago),
        "address": reverse("admin:articles_article_meanwhile", args=[article.pk, since]),
    }


# Saving


def meet(request, locked: Article, names) -> Reconciled:
    """Bring a post together with a piece whose row is locked; the form sees the outcome."""
    met = reconcile(request.POST, request.FILES, locked, names, by=request.user)
    request.POST = met.post
    request.met = met
    return met


def changes_nothing(met: Reconciled) -> bool:
    """Say whether a form that began earlier holds just what is stored: a second click."""
    if met.merged is None or met.overlaps or met.post.get("_taken"):
        return False
    fields = met.stored.fields
    same = all(fields.get(name) == value for name, value in met.merged.fields.items())
    rows = all(list(met.stored.rows[kind].items()) == list(rows.items())
               for kind, rows in met.merged.rows.items())  # fmt: skip
    return same and rows and met.merged.body == met.stored.body


def keep_overlap(article: Article, met: Reconciled, user) -> None:
    """Keep what was typed where a person has to choose, whatever they choose then."""
    if met.overlaps:
        with transaction.atomic():
            meeting.keep_unsaved(
                article,
                by=user,
                reason=Unsaved.Reason.OVERLAP,
                places=between(met.stored, met.typed, by=user),
                body=met.typed.body,
            )


def choices_context(met: Reconciled, user) -> dict:
    """Return the places to choose at, and what has been brought together already."""
    open_places = {place.shown for place in met.overlaps}
    settled = [
        place
        for place in between(met.typed, met.merged, by=user)
        if not any(place.new and place.new in shown for shown in open_places)
    ]
    return {
        "choices": choices(met.overlaps, met.merged, by=user),
        "brought_in": settled,
        "savings": met.savings,
        "since": met.began,
    }


def said_of_merge(article: Article, met: Reconciled, user):
    """Return the message after a save in which something of others was brought in."""
    others = {str(each.by) for each in met.savings if each.by and each.by != user}
    names = get_text_list(sorted(others), _("and")) or _("you, in another window,")
    labels = [place.label for place in between(met.typed, met.merged, by=user)]
    told = _(", ").join(dict.fromkeys(labels[:MOST_TOLD])) + ("…" if labels[MOST_TOLD:] else "")
    where = reverse("admin:articles_article_meanwhile", args=[article.pk, met.began or 0])
    return format_html(
        "{} <a href='{}'>{}</a>",
        _("Saved, together with what {names} saved meanwhile: {places}.").format(
            names=names, places=told
        ),
        where,
        _("See what has changed"),
    )
