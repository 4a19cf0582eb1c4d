"""The doors through which a reader reports an error, thinks again, and reads the answer."""

from functools import partial

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from articles.models import Article, Version
from articles.prepared import Question
from articles.public_pages import show
from articles.reading import WHOLE
from newsroom.people.adapters import address_of
from newsroom.people.verdicts import RefusalError
from newsroom.readers import limits, stamps, workflow
from newsroom.readers.models import ErrorReport
from newsroom.readers.models.reports import LONGEST_WORDS, hash_of_secret
from newsroom.readers.plain import plain
from newsroom.readers.reader_pages import ASKING, is_from_elsewhere, kept_secret, reader_page
from newsroom.readers.report_forms import (
    ReportForm,
    chosen_place,
    moved_place,
    place_with,
    texts_of,
)

STAMP = "report"
LIMIT = limits.Limit("report", an_hour=20, a_day=60)
AT_ITS_ADDRESS = Question(
    lambda at, number: (
        Article.objects.at_its_address(at).numbered(number).only("sealed", *WHOLE, "sealed__body")
    )
)


class SentAgainError(Exception):
    """What was sent is shown again with a sentence; nothing typed is lost."""

    def __init__(self, status: int, sentence: str):
        """Take the status of the answer and what it says."""
        super().__init__(sentence)
        self.answers = status


@reader_page(*ASKING, "POST")
def report(request, masthead, number: int):
    """Take a report of an error in a piece that residents can read."""
    piece = AT_ITS_ADDRESS.first(masthead.at, number)
    if piece is None:
        raise Http404
    if piece.withdrawn_at is not None:
        return show(request, masthead, "410.html", status=410, piece=piece)
    texts = texts_of(piece.sealed)
    if request.method != "POST":
        return _page(request, masthead, piece, ReportForm(texts, initial=_given(request, texts)))
    return _sent(request, masthead, piece, texts)


def _given(request, texts: list[str]) -> dict:
    """Return what somebody has marked in the text before they came here."""
    words = plain(request.GET.get("words", ""))[:LONGEST_WORDS]
    return {"wrong": f"“{words}”" if words else "", "place": place_with(words, texts)}


def _page(request, masthead, piece, form, *, status=200, said="", seen=False) -> HttpResponse:
    stamp = stamps.make(STAMP, piece.pk, piece.sealed_id, shown_before=seen)
    context = {"piece": piece, "form": form, "stamp": stamp, "said": said}
    return show(request, masthead, "readers/report.html", status=status, **context)


def _sent(request, masthead, piece, texts: list[str]) -> HttpResponse:
    stamp = stamps.read(STAMP, request.POST.get("stamp", ""))
    version = _version_of(stamp, piece)
    read = texts if version is None else texts_of(version)
    form = ReportForm(read, request.POST)
    try:
        _let_in(request, stamp, piece)
        if not form.is_valid():
            raise SentAgainError(400, "")
    except SentAgainError as again:
        if read != texts:
            form = ReportForm(texts, _moved(request.POST, read, texts))
        # What is missing is told first: who sends an empty form need not be told to slow down.
        said = "" if again.answers == 400 and form.errors else str(again)
        shown = {"status": again.answers, "said": said, "seen": True}
        return _page(request, masthead, piece, form, **shown)
    secret = workflow.leave_report(
        piece, form.said(), nonce=stamp.nonce, version=version or piece.sealed
    )
    return _to_receipt(secret)


def _version_of(stamp: stamps.Stamp | None, piece: Article) -> Version | None:
    """Return the version the reader has read, where another is up meanwhile."""
    if stamp is None or stamp.bound[0] != piece.pk or stamp.bound[1] == piece.sealed_id:
        return None
    return Version.objects.sealed().keyed([stamp.bound[1]]).first()


def _let_in(request, stamp: stamps.Stamp | None, piece: Article) -> None:
    if not limits.is_within(LIMIT, address_of(request)):
        raise SentAgainError(429, _too_often())
    if is_from_elsewhere(request):
        raise SentAgainError(403, _("This came from another site. Look it over, then send it."))
    if stamp is None or stamp.bound[0] != piece.pk:
        raise SentAgainError(400, _("Nothing is lost. Look it over once more, then send it."))
    if stamp.is_late:
        raise SentAgainError(
            400, _("The page had been open for long. Nothing is lost: please send it once more.")
        )
    if stamp.is_early:
        raise SentAgainError(400, _("That was quick. Look it over once more, then send it."))


def _too_often() -> str:
    return _("Very much has come from your network today. Send it later, or give us a call.")


def _moved(posted, read: list[str], texts: list[str]):
    """Return what was posted, for the text as it is now."""
    again = posted.copy()
    again["place"] = moved_place(posted.get("place", ""), read, texts)
    return again


def _to_receipt(secret: str) -> HttpResponse:
    response = HttpResponseRedirect(reverse("readers:receipt", args=[secret]))
    response.status_code = 303  # whatever was posted, the receipt is asked for
    return kept_secret(response)


# The receipt


def receipt_page(*methods: str):
    """Open a receipt to whoever knows its secret; to everybody else there is none."""

    def door(view):
        @reader_page(*methods)
        def opened(request, masthead, secret: str):
            found = ErrorReport.objects.of_secret(secret).for_receipt().first()
            # Found by a hash, so that the time it takes tells nothing of the secret; and compared.
            if found is None or not constant_time_compare(
                found.secret_hash, hash_of_secret(secret)
            ):
                raise Http404
            return kept_secret(view(request, masthead, found, secret))

        return opened

    return door


@receipt_page(*ASKING)
def receipt(request, masthead, found: ErrorReport, secret: str):
    """Show what was sent, until when it can be changed, and the answer."""
    return _receipt(request, masthead, found, secret)


def _receipt(request, masthead, found, secret, *, status=200, said="") -> HttpResponse:
    release = found.article.release
    context = {
        "report": found,
        "head": found.head,
        "own_address": request.build_absolute_uri(reverse("readers:receipt", args=[secret])),
        "secret_part": secret,
        "live": found.article.is_live(masthead.at),
        "known": release is not None and release.is_due(masthead.at),
        "may_change": bool(workflow.may_reconsider(found, masthead.at)),
        "said": said,
    }
    return show(request, masthead, "readers/receipt.html", status=status, secret=True, **context)


@receipt_page(*ASKING, "POST")
def change(request, masthead, found: ErrorReport, secret: str):
    """Change what was sent, within ten minutes; it is about the text as it is now."""
    objection = _objection(request, masthead, found)
    if objection:
        status, sentence = objection
        return _receipt(request, masthead, found, secret, status=status, said=sentence)
    piece = found.article
    texts = texts_of(piece.sealed)
    if request.method == "POST":
        form = ReportForm(texts, request.POST)
        if form.is_valid():
            verb = partial(workflow.change_report, version=piece.sealed)
            return _done(request, masthead, found, secret, verb, form.said())
    else:
        place = moved_place(chosen_place(found), texts_of(found.version), texts)
        words = {name: getattr(found, name) for name in ("wrong", "right", "contact")}
        form = ReportForm(texts, initial={"place": place, **words})
    context = {"report": found, "piece": piece, "form": form, "secret_part": secret}
    status = 400 if form.is_bound else 200
    return show(request, masthead, "readers/change.html", status=status, secret=True, **context)


def _objection(request, masthead, found: ErrorReport) -> tuple[int, str] | None:
    allowed = workflow.may_reconsider(found, masthead.at)
    if not allowed:
        return 409, allowed.reason
    if not found.article.is_live(masthead.at):
        return 409, _("This piece has been taken down; there is nothing to change any more.")
    if request.method == "POST" and not limits.is_within(LIMIT, address_of(request)):
        return 429, _too_often()
    return None


@receipt_page("POST")
def take_back(request, masthead, found: ErrorReport, secret: str):
    """Take a report back, within ten minutes."""
    return _done(request, masthead, found, secret, workflow.take_back_report)


def _done(request, masthead, found, secret, verb, *how) -> HttpResponse:
    try:
        verb(found, *how)
    except RefusalError as refusal:
        return _receipt(request, masthead, found, secret, status=409, said=str(refusal))
    return _to_receipt(secret)
