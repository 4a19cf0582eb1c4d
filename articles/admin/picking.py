"""Choosing a picture of the library in the form of a piece: what its dialog shows and takes."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from articles import permissions
from articles.admin.intake import standing
from articles.admin.picture_filters import uses_seen_by
from articles.admin.picture_lists import cards
from articles.admin.sent import number_in, sent_by_script
from articles.models import Article, Picture
from articles.workflow import reusing
from newsroom.people.answers import TroubleError, answer, trouble
from newsroom.people.verdicts import RefusalError

PER_PAGE = 12
MOST_TOLD = 500  # bytes in which a script says what was chosen
LONGEST = 200


class PickingDoor:
    """What the library offers to the form of a piece."""

    def get_urls(self):
        """Put our door before those that take any text for a number."""
        pick = self.admin_site.admin_view(self.pick)
        return [path("pick/", pick, name="articles_picture_pick"), *super().get_urls()]

    def pick(self, request):
        """Show what can be chosen, or take what was."""
        doing = {"GET": self._shown, "POST": _taken}
        return require_http_methods([*doing])(lambda given: doing[given.method](given))(request)

    def _shown(self, request):
        words = request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()
        found = self.get_queryset(request).with_words(words, uses_seen_by(request.user))
        pages = Paginator(found.order_by("-uploaded_at", "-pk"), PER_PAGE)
        page = pages.get_page(request.GET.get("page"))
        context = {"words": words, "page": page, "cards": cards(list(page), request.user)}
        return TemplateResponse(request, "desk/_pick.html", context)


def _taken(request):
    user = request.user
    everything = permissions.sees_everything(user)
    try:
        sent = sent_by_script(request, MOST_TOLD)
        seen = Picture.objects.seen_by(user, everything)
        picture = get_object_or_404(seen, pk=number_in(sent, "picture"))
        article = None
        if sent.get("article") is not None:
            pieces = Article.objects.seen_by(user, everything)
            article = get_object_or_404(pieces, pk=number_in(sent, "article"))
        return answer(standing(request, reusing.lend(picture, article, by=user)))
    except TroubleError as error:
        return trouble(*error.answer[:3], **error.answer[3])
    except RefusalError as refusal:
        return trouble(403, "refused", str(refusal))
