"""The doors to the files of photographs: one for residents, one for the newsroom."""

import logging

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles import darkroom, renditions
from articles.file_pages import NOT_FINAL, PRIVATE, PUBLIC, file_answer
from articles.models import VersionPhoto
from articles.permissions import may_see_picture
from articles.public_pages import sought

logger = logging.getLogger(__name__)


@csrf_exempt
@require_safe
def photo(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """Serve a rendition that some live piece shows; any other is as unknown as one never taken."""
    _shown, refusal = sought(request, lambda at: VersionPhoto.objects.public(digest, at).exists())
    return refusal or rendition_answer(request, digest, name, PUBLIC)


@require_safe
def desk_photo(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """Serve a rendition of a picture the asker may see in the desk."""
    user = request.user
    if not (user.is_active and user.is_staff):
        raise Http404
    if not may_see_picture(user, digest):
        raise Http404
    return rendition_answer(request, digest, name, PRIVATE)


def rendition_answer(
    request: HttpRequest, digest: str, name: str, caching: str
) -> HttpResponseBase:
    """Answer with a rendition, or with the best there is while it is being made."""
    found = name if darkroom.has(digest, name) else _in_its_place(digest, name)
    try:
        return file_answer(
            request,
            darkroom.path(digest, found),
            content_type=renditions.content_type(found),
            caching=caching if found == name else NOT_FINAL,
        )
    except FileNotFoundError:
        raise Http404 from None  # removed between two questions


def _in_its_place(digest: str, name: str) -> str:
    """Return another rendition of the same picture. Raises Http404 for one it is never made in."""
    there = darkroom.present(digest)
    if not there:
        logger.warning("There is no file of photo %s.", digest)
        raise Http404
    width, file_format = renditions.parts(name)
    if width not in renditions.widths(max(renditions.parts(each)[0] for each in there)):
        raise Http404
    return renditions.best(width, file_format, there)
