"""The doors for people without an account: what was lent to them, and their answer.

A link that nobody made, that has run out or was revoked is as unknown as any address that leads
nowhere. Nothing here knows a cookie; what is posted is believed for its link and its code.
"""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from articles.attachment_views import attached_answer
from articles.file_pages import NOT_FINAL
from articles.models import Masthead
from articles.picture_views import rendition_answer
from articles.public_pages import show
from newsroom.desk.models import PreviewLink
from newsroom.desk.previews import lending
from newsroom.desk.previews.coverage import Coverage, Piece
from newsroom.desk.previews.forms import AnswerForm
from newsroom.desk.previews.showing import (
    Frame,
    as_anybody,
    kept_from_everybody,
    origin_of,
    page_as_of,
)
from newsroom.people.access import device
from newsroom.people.adapters import address_of
from newsroom.people.barring import FROM_ONE_ADDRESS, count_guess, is_barred
from newsroom.people.verdicts import RefusalError

GUESSES = "preview"  # what wrong links are counted under, address by address


def lent(*methods: str):
    """Open a door to whoever comes by a link that is open, and keep every answer from caches."""

    def door(view):
        @csrf_exempt
        @wraps(view)
        def opened(request, token: str, *args, **kwargs):
            if is_barred(GUESSES, address_of(request)):
                return _guarded(HttpResponse(render_to_string("429.html"), status=429))
            link = PreviewLink.objects.open().of_token(token).with_lent().first()
            if link is None:
                count_guess(GUESSES, address_of(request), FROM_ONE_ADDRESS)
                raise Http404
            if request.method not in methods:
                return _guarded(HttpResponseNotAllowed(methods))
            with override(settings.LANGUAGE_CODE):
                return _guarded(view(request, Visit(request, link, token), *args, **kwargs))

        return opened

    return door


def _guarded(response):
    """Keep an answer to whoever asked; where they go from here learns nothing of the link."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return kept_from_everybody(response)


class Visit:
    """Somebody who came by a link, and what they may see."""

    def __init__(self, request, link: PreviewLink, token: str):
        """Take the link and the token it was opened by."""
        self.request, self.link, self.token = request, link, token
        self.coverage = Coverage(link)

    def inside(self, path: str) -> str:
        """Return where an address leads from here: inside, or to what is public."""
        own = self.coverage.inside(path.partition("#")[0].partition("?")[0])
        return f"{self.home.removesuffix('/')}{path}" if own else path

    @property
    def home(self) -> str:
        """Where the link begins."""
        return reverse("previews:home", args=[self.token])

    @property
    def alone(self) -> bool:
        """Whether a single piece is lent, which needs no list."""
        return self.link.article_id is not None

    def form(self, data=None) -> AnswerForm:
        """Return the form for the answer; a piece can be answered once it has been opened."""
        opened = set(self.link.openings.values_list("article", "fingerprint"))
        pieces = self.coverage.pieces.values()
        ready = [each for each in pieces if (each.article.pk, each.fingerprint) in opened]
        return AnswerForm(ready, data)

    def note(self, piece: Piece | None = None) -> None:
        """Record what is opened; a HEAD opens nothing."""
        if self.request.method == "GET":
            agent = self.request.headers.get("User-Agent", "")
            lending.note_opening(self.link, device=device(agent)[:40], piece=piece)

    def bar(self, piece: Piece | None = None) -> str:
        """Return the bar that names the preview."""
        context = {"visit": self, "link": self.link, "piece": piece}
        return render_to_string("desk/previews/_lent_bar.html", context)

    def page(self, template: str, status: int = 200, **context) -> HttpResponse:
        """Return a page of the link's own in the dress of the public site."""
        masthead = Masthead.objects.present()
        context |= {"visit": self, "link": self.link}
        # The footer tells other sites the address of a page; they must not learn the link.
        response = show(as_anybody(self.request, "/"), masthead, template, **context)
        response.status_code = status
        return Frame(self.bar(), self.inside, origin_of(self.request)).around(response)


@lent("GET", "HEAD")
def home(request, visit: Visit):
    """Begin: with the piece where one is lent, with the list of them otherwise."""
    if visit.alone and visit.coverage.articles:
        return HttpResponseRedirect(visit.inside(visit.coverage.front))
    visit.note()
    return _list(visit, visit.form())


def _list(visit: Visit, form: AnswerForm, status: int = 200) -> HttpResponse:
    ready = {row["piece"].article.pk: row for row in form.rows}
    rows = [
        (piece, visit.inside(piece.article.get_absolute_url()), ready.get(key))
        for key, piece in visit.coverage.pieces.items()
    ]
    front = visit.inside(visit.coverage.front)
    return visit.page(
        "desk/previews/lent.html", status, form=form, rows=rows, front=front, **_said(visit)
    )


def _said(visit: Visit) -> dict:
    return {"answers": list(visit.link.answers.select_related("article").order_by("pk"))}


@lent("GET", "HEAD")
def page(request, visit: Visit, page: str):
    """Show a public page or a file of what is lent; any other address is unknown."""
    path, coverage = f"/{page}", visit.coverage
    if file := coverage.file_at(path):
        return _file(request, coverage, file)
    if not coverage.inside(path):
        raise Http404
    piece = coverage.piece_at(path)
    shown = page_as_of(request, path, coverage.excerpt.expectation)
    visit.note(piece)
    foot = ""
    if visit.alone and piece:
        foot = _foot(visit, visit.form())
    return Frame(visit.bar(piece), visit.inside, origin_of(request), foot).around(shown)


def _foot(visit: Visit, form: AnswerForm) -> str:
    context = {"visit": visit, "link": visit.link, "form": form, **_said(visit)}
    return render_to_string("desk/previews/_lent_foot.html", context)


def _file(request, coverage: Coverage, match):
    if match.view_name == "articles:photo":
        return rendition_answer(request, **match.kwargs, caching=NOT_FINAL)
    found = coverage.attached(**match.kwargs)
    if found is None:
        raise Http404
    return attached_answer(request, found, NOT_FINAL)


@lent("GET", "HEAD", "POST")
def answer(request, visit: Visit):
    """Take what the recipient says, against the code; a refusal loses nothing that was typed."""
    if request.method != "POST":
        return visit.page("desk/previews/answered.html", **_said(visit))
    form = AnswerForm(list(visit.coverage.pieces.values()), request.POST)
    if form.is_valid():
        try:
            lending.answer(visit.link, code=form.cleaned_data["code"], said=form.said())
        except RefusalError as refusal:
            form.add_error("code", str(refusal))
        else:
            return HttpResponseRedirect(reverse("previews:answer", args=[visit.token]))
    return _list(visit, form, 400)
