"""The door of the verbs for many pieces: choose, ask once more, do, and say what became of each."""

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import permissions
from articles.bulk import MOST_AT_ONCE, VERBS, Outcome, run
from articles.models import Article

# Names of pieces that a banner tells for one reason; the others are counted.
NAMED = 30


class ManyDoors:
    """What the admin of articles offers to do with many of them."""

    def get_urls(self):
        """Put the door before the stock ones."""
        door = self.admin_site.admin_view(self.many)
        return [path("many/", door, name="articles_article_many"), *super().get_urls()]

    def bulk_verbs(self, request) -> dict:
        """Return the verbs by name: ours, and those the rooms above bring. Authors have none."""
        if not permissions.sees_everything(request.user):
            return {}
        return {verb.name: verb for verb in (*VERBS, *self.admin_site.bulk_verbs)}

    def many(self, request):
        """Do one verb to the pieces that were chosen."""
        return require_POST(self._many)(request)

    def _many(self, request):
        verbs = self.bulk_verbs(request)
        if not verbs:
            raise PermissionDenied
        verb = verbs.get(request.POST.get("verb"))
        if verb is None:
            raise Http404
        query, everything = request.POST.get("query", ""), "everything" in request.POST
        chosen = self._found(request, query) if everything else self._picked(request)
        if not 0 < len(chosen) <= MOST_AT_ONCE:
            messages.warning(request, _none_or_too_many(len(chosen)))
            return _back(query)
        form = verb.form(request.POST if "confirmed" in request.POST else None)
        answered = form.is_valid()
        if (verb.asks or everything) and not answered:
            return self._ask(request, verb, chosen, form, query)
        data = form.cleaned_data if answered else {}
        level, banner = _told(verb, run(verb, chosen, by=request.user, data=data))
        messages.add_message(request, level, banner)
        return _back(query)

    def _picked(self, request) -> list[Article]:
        """Return the pieces whose boxes were ticked, in the order of the list."""
        keys = [int(key) for key in request.POST.getlist("piece") if key.isdecimal()]
        found = self.get_queryset(request).with_keys(keys[: MOST_AT_ONCE + 1]).in_bulk()
        return [found[key] for key in dict.fromkeys(keys) if key in found]

    def _found(self, request, query: str) -> list[Article]:
        """Return every piece of a list, one more than may be done at once at most."""
        request.GET = QueryDict(query)
        try:
            changelist = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return []
        return list(changelist.queryset[: MOST_AT_ONCE + 1])

    def _ask(self, request, verb, chosen, form, query):
        context = {
            **self.admin_site.each_context(request),
            "title": str(verb.label).rstrip("…"),
            "verb": verb,
            "chosen": chosen,
            "form": form,
            "query": query,
            "back": _back(query).url,
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/many.html", context)


def _back(query: str) -> HttpResponseRedirect:
    """Return to the list as it was asked for; only a query is taken, never an address."""
    asked = QueryDict(query).urlencode()
    listed = reverse("admin:articles_article_changelist")
    return HttpResponseRedirect(f"{listed}?{asked}" if asked else listed)


def _none_or_too_many(count: int) -> str:
    if not count:
        return _("Choose at least one piece.")
    return _("At most {count} pieces at once; narrow the list first.").format(count=MOST_AT_ONCE)


def _told(verb, outcome: Outcome) -> tuple[int, str]:
    """Return the banner: how many were done, and each of the others by name with the reason."""
    count = len(outcome.done)
    done = (verb.done % count).format(n=count)
    if not outcome.refused:
        return messages.SUCCESS, done
    left = ngettext("{n} piece {undone}", "{n} pieces {undone}", outcome.left).format(
        n=outcome.left, undone=verb.undone
    )
    lines = format_html_join(
        "", "<p>{}{}</p>", ((_names(pieces), why) for why, pieces in outcome.refused.items())
    )
    both = _("{done}; {left}").format(done=done, left=left) if count else left
    banner = format_html("<b>{}</b>{}", both, lines)
    return messages.WARNING if count else messages.ERROR, banner


def _names(pieces: list[Article]) -> str:
    names = "".join(f"《{article.title}》" for article in pieces[:NAMED])
    more = len(pieces) - NAMED
    if more > 0:
        names += _(" and {count} more").format(count=more)
    return _("{names}: ").format(names=names)
