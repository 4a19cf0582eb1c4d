"""The doors to the files of photographs: one for residents, one for the newsroom."""

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles import darkroom
from articles.models import Article, VersionPhoto
from articles.permissions import sees_everything

# A picture that is withdrawn is gone from every cache when this has passed.
PUBLIC = "public, max-age=300"
# The newsroom's browsers keep the file but ask each time whether it may still be shown.
PRIVATE = "private, no-cache"

logger = logging.getLogger(__name__)


@csrf_exempt
@require_safe
def photo(request: HttpRequest, digest: str, width: int) -> HttpResponseBase:
    """Serve a rendition that some live piece shows; any other is as unknown as one never taken."""
    if not VersionPhoto.objects.public(digest).exists():
        raise Http404
    return _file(request, digest, width, PUBLIC)


@require_safe
def desk_photo(request: HttpRequest, digest: str, width: int) -> HttpResponseBase:
    """Serve a rendition of any piece the asker may see in the desk."""
    user = request.user
    if not (user.is_active and user.is_staff):
        raise Http404
    seen = Article.objects.with_photo(digest).seen_by(user, sees_everything(user))
    if not seen.exists():
        raise Http404
    return _file(request, digest, width, PRIVATE)


def _file(request: HttpRequest, digest: str, width: int, caching: str) -> HttpResponseBase:
    """Answer with the file, or with 304 where the asker has it already."""
    etag = f'"{digest[:32]}-{width}"'
    response = get_conditional_response(request, etag=etag) or _opened(digest, width)
    response.headers["Cache-Control"] = caching
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["ETag"] = etag
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _opened(digest: str, width: int) -> FileResponse:
    try:
        return FileResponse(darkroom.open(digest, f"{width}.webp"), content_type="image/webp")
    except FileNotFoundError:
        logger.warning("There is no file of photo %s, %s pixels wide.", digest, width)
        raise Http404 from None
