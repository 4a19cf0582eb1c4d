"""The doors of photographs that come in: piece by piece from a script, whole with a form."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import permissions, staging
from articles.admin.sent import length_of, number_in, sent_by_script, text_in, unreadable
from articles.doubles import doubles_of
from articles.models import Article, Photo, Picture, Upload
from articles.photo_forms import facts_of
from articles.typed import MOST_ROWS, number_of, rows_of
from articles.workflow import uploading
from articles.workflow.describing import describe_picture
from articles.workflow.uploading import Sent
from newsroom.people.answers import TroubleError, answer, trouble
from newsroom.people.verdicts import RefusalError, demand

MANY = "photos-more"
MOST_TOLD = 4_000  # bytes in which a script says what it wants to send
LONGEST_MARK = 300


class IntakeDoors:
    """How photographs reach a piece, also one that is not saved yet."""

    def get_urls(self):
        """Put our doors before the stock ones."""
        wrap = self.admin_site.admin_view
        return [
            path("photos/", wrap(self.upload), name="articles_article_upload"),
            path("photos/<uuid:key>/", wrap(self.upload_of), name="articles_article_upload_of"),
            *super().get_urls(),
        ]

    # A script's doors

    def upload(self, request):
        """Begin to take a file, or go on with one that broke off; answer from where."""
        return require_POST(self._answering)(request, self._begun)

    def upload_of(self, request, key):
        """Say how far a file is, take its next piece, settle what it is like, or forget it."""
        doing = {"GET": _told, "PUT": _received, "POST": _settled, "DELETE": _forgotten}
        guarded = require_http_methods([*doing])(self._answering)
        return guarded(request, doing.get(request.method), key)

    def _answering(self, request, do, key=None):
        try:
            if key is None:
                return do(request)
            upload = get_object_or_404(Upload.objects.of(request.user), key=key)
            return do(request, upload)
        except TroubleError as error:
            return trouble(*error.answer[:3], **error.answer[3])
        except RefusalError as refusal:
            return trouble(403, "refused", str(refusal))

    def _begun(self, request):
        demand(permissions.may_file(request.user))
        sent = sent_by_script(request, MOST_TOLD)
        article = None
        if sent.get("article") is not None:
            number = number_in(sent, "article")
            article = get_object_or_404(self.get_queryset(request), pk=number)
        mark = text_in(sent, "mark", LONGEST_MARK)
        if not mark:
            raise unreadable()
        file = Sent(number_in(sent, "size"), mark, text_in(sent, "name", 200))
        upload = uploading.begin(file, article, by=request.user)
        return _told(request, upload)

    # With a form

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Take the photographs a form brings before anything in it can be refused."""
        if request.method == "POST" and request.FILES:
            article = self._seen(request, object_id)
            _take_in(request, article, permissions.may_change(request.user, article))
        return super().change_view(request, object_id, form_url, extra_context)

    def add_view(self, request, form_url="", extra_context=None):
        """Take the photographs a form brings before anything in it can be refused."""
        if request.method == "POST" and request.FILES:
            _take_in(request, None, permissions.may_file(request.user))
        return super().add_view(request, form_url, extra_context)

    def know_photos(self, request, article: Article, formset) -> None:
        """Note what a save has taken up, and the facts somebody stated of it."""
        for row in formset.forms:
            if formset._should_delete_form(row) or not row.instance.pk:
                continue
            if row.brought:
                uploading.hang(row.brought, article, by=request.user)
            if facts := row.facts_changed():
                describe_picture(row.picture, by=request.user, **facts)

    def render_change_form(self, request, context, *args, **kwargs):
        """Add where photographs are sent, and those that came and stand in no piece yet."""
        article = kwargs.get("obj")
        context["intake"] = {
            "address": reverse("admin:articles_article_upload"),
            "waiting": _waiting(request.user, article),
        }
        return super().render_change_form(request, context, *args, **kwargs)


# What a script is told


def _told(request, upload: Upload):
    return answer(standing(request, upload))


def standing(request, upload: Upload) -> dict:
    """Return what a script is told of a file: how much is here, and what it became."""
    facts = {
        "person": request.user.pk,
        "address": reverse("admin:articles_article_upload_of", args=[upload.key]),
        "key": str(upload.key),
        "offset": upload.received,
        "piece": staging.PIECE,
        "why_not": upload.why_not,
        "photo": None,
    }
    if upload.digest:
        facts["photo"] = _of_photo(request, upload)
    return facts


def _of_photo(request, upload: Upload) -> dict:
    picture = Picture.objects.get(digest=upload.digest)
    context = {"upload": upload, "picture": picture, "photo": Photo.of(picture)}
    open_to_say = bool(permissions.may_describe(request.user, picture))
    facts = facts_of(picture) if open_to_say else {}
    if not permissions.may_read_consent(request.user, picture):
        facts.pop("consent", None)
    return {
        "number": upload.number,
        "name": upload.name,
        "facts": facts,
        "settled": not open_to_say,
        "shown": render_to_string("desk/_photo_shown.html", context, request),
        "notes": render_to_string("desk/_photo_notes.html", context, request),
    }


# What a script sends


def _received(request, upload: Upload):
    at = number_of(request.GET.get("at", ""))
    if length_of(request) > staging.PIECE:
        raise TroubleError(413, "too_much", _("A piece of the photo is larger than pieces are."))
    data = request.body
    if data:
        upload = uploading.receive(upload, at, data, by=request.user)
    try:
        return _told(request, uploading.take(upload, by=request.user))
    except FileNotFoundError:
        return _told(request, uploading.start_over(upload, by=request.user))


def _settled(request, upload: Upload):
    sent = sent_by_script(request, MOST_TOLD)
    if instead := text_in(sent, "instead", 64):
        upload = uploading.take_another(upload, instead, by=request.user)
    else:
        uploading.keep_apart(upload, by=request.user)
    upload.refresh_from_db()
    return _told(request, upload)


def _forgotten(request, upload: Upload):
    uploading.give_up(upload, by=request.user)
    return answer({"person": request.user.pk})


# What comes with a form


def _take_in(request, article: Article | None, verdict) -> None:
    """Take every photograph of a form; what is refused stays, for the form to say at its place."""
    if not verdict:
        return
    post, files = request.POST.copy(), request.FILES
    for start in [start for _at, start in rows_of(post, "photos")]:
        sent = None if post.get(f"{start}DELETE") else files.get(f"{start}upload")
        if sent and (upload := _taken(request, sent, article, at_its_row=True)):
            del files[f"{start}upload"]
            post[f"{start}taken"] = str(upload.key)
    for sent in files.pop(MANY, []):
        if upload := _taken(request, sent, article):
            _new_row(post, upload)
    request.POST = post


def _taken(request, sent, article, *, at_its_row: bool = False) -> Upload | None:
    try:
        upload = uploading.take_at_once(sent.read(), article, by=request.user, name=sent.name)
        _warn_of_doubles(request, upload)
        return upload
    except RefusalError as refusal:
        sent.seek(0)
        if not at_its_row:
            said = _("“{name}” was not taken: {why}").format(name=sent.name, why=refusal)
            messages.error(request, said)
        return None


def _warn_of_doubles(request, upload: Upload) -> None:
    """Say of a file that came without a script where one like it stands; it is taken."""
    picture = Picture.objects.get(digest=upload.digest)
    uses = [use for each in doubles_of(upload, picture, by=request.user) for use in each.uses]
    if uses:
        said = _("“{name}” looks like a picture in: {pieces}. Compare them before you use it.")
        places = [(use.address, use.title) for use in uses[:3]]
        links = format_html_join(_(", "), "<a href='{}'>《{}》</a>", places)
        messages.warning(request, format_html(said, name=upload.name, pieces=links))


def _new_row(post: QueryDict, upload: Upload) -> None:
    """Add a row that shows a picture; the form says where there are more than a piece has."""
    count = number_of(post.get("photos-TOTAL_FORMS", ""))
    post["photos-TOTAL_FORMS"] = str(min(count + 1, MOST_ROWS + 1))
    post[f"photos-{count}-taken"] = str(upload.key)


def _waiting(user, article: Article | None) -> list[tuple[Upload, Photo | None]]:
    """Return what somebody sent for a piece and no save has taken up, and files broken off."""
    # A file that was sent twice is offered once.
    loose = {upload.digest: upload for upload in Upload.objects.loose(user, article)[:MOST_ROWS]}
    broken = Upload.objects.of(user).on_the_way().filter(article=article).order_by("begun_at")
    pictures = Picture.objects.by_digest(loose)
    shown = [(upload, Photo.of(pictures[digest])) for digest, upload in loose.items()]
    return [*shown, *((upload, None) for upload in broken[:MOST_ROWS])]
