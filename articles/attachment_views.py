"""The doors to attached files: one for residents, one for the newsroom."""

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles import cabinet
from articles.enclosures import content_type, file_name
from articles.file_pages import PRIVATE, PUBLIC
from articles.models import Article, Attachment, VersionAttachment
from articles.permissions import sees_everything
from articles.public_pages import sought

# Whatever a browser makes of the file in spite of everything: no script, no address of ours.
APART = "default-src 'none'; sandbox"

logger = logging.getLogger(__name__)


@csrf_exempt
@require_safe
def attachment(request: HttpRequest, number: int, digest: str, kind: str) -> HttpResponseBase:
    """Serve a file that a live piece offers; any other is as unknown as one that never was."""
    files = VersionAttachment.objects
    found, refusal = sought(request, lambda at: files.public(number, digest, kind, at).first())
    return refusal or attached_answer(request, found, PUBLIC)


@require_safe
def desk_attachment(request: HttpRequest, number: int, digest: str, kind: str) -> HttpResponseBase:
    """Serve a file of any version of a piece the asker may see in the desk."""
    user = request.user
    if not (user.is_active and user.is_staff):
        raise Http404
    seen = Article.objects.numbered(number).seen_by(user, sees_everything(user))
    if not seen.exists():
        raise Http404
    found = (
        Attachment.objects.under(number, digest, kind).first()
        or VersionAttachment.objects.under(number, digest, kind).first()
    )
    if found is None:
        raise Http404
    return attached_answer(request, found, PRIVATE)


def attached_answer(request: HttpRequest, attached, caching: str) -> HttpResponseBase:
    """Answer with the file to be saved, or with 304 where the asker has it already."""
    etag = f'"{attached.digest[:32]}"'
    response = get_conditional_response(request, etag=etag) or _opened(attached)
    response.headers["Cache-Control"] = caching
    response.headers["Content-Security-Policy"] = APART
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["ETag"] = etag
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _opened(attached) -> FileResponse:
    try:
        file = cabinet.open(attached.digest)
    except FileNotFoundError:
        logger.warning("There is no file %s of an attachment.", attached.digest)
        raise Http404 from None
    return FileResponse(
        file,
        as_attachment=True,
        filename=file_name(attached),
        content_type=content_type(attached),
    )
