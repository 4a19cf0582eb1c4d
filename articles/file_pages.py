"""How a stored file is answered: whole or in part, by this process or by the proxy before it."""

import hashlib

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from articles.ranges import OutsideError, part_of

# A browser shows for five minutes what it has; whatever stands between asks here each time.
PUBLIC = "public, max-age=300, s-maxage=0"
# The newsroom's browsers keep the file but ask each time whether it may still be shown.
PRIVATE = "private, no-cache"
# What stands in for a file that is being made is asked for again the next time.
NOT_FINAL = "no-store"
# Where the proxy finds MEDIA_ROOT; nobody can ask for this address from outside.
INTERNAL = "/_media/"


def file_answer(
    request: HttpRequest, name: str, *, content_type: str, caching: str
) -> HttpResponseBase:
    """Answer a GET or HEAD with the file ``name`` of the default storage, to be shown in place.

    With ``X_ACCEL`` set the proxy is told to send it; the decision has been made here. Raises
    FileNotFoundError.
    """
    if settings.X_ACCEL and isinstance(default_storage, FileSystemStorage):
        response = _handed_on(name)
    else:
        response = _sent(request, name)
    if response.status_code < 300:
        response.headers["Content-Type"] = content_type
    response.headers["Cache-Control"] = caching
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _handed_on(name: str) -> HttpResponse:
    """Tell the proxy which file to send; ranges and ETag are its own then."""
    if not default_storage.exists(name):
        raise FileNotFoundError(name)
    return HttpResponse(headers={"X-Accel-Redirect": f"{INTERNAL}{name}"})


def _sent(request: HttpRequest, name: str) -> HttpResponseBase:
    file = default_storage.open(name)
    # A name is the digest of what it shows; made anew by other rules, a file has another size.
    etag = f'"{hashlib.sha256(f"{name} {file.size}".encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = _body(request, file, etag)
    else:
        file.close()
    response.headers["ETag"] = etag
    return response


def _body(request: HttpRequest, file: File, etag: str) -> HttpResponseBase:
    """Return the whole file, the part asked for, or, to HEAD, what it would be."""
    size = file.size
    if request.method == "HEAD":
        file.close()
        return HttpResponse(headers={"Accept-Ranges": "bytes", "Content-Length": size})
    same = request.headers.get("If-Range", etag) == etag
    try:
        part = part_of(request.headers.get("Range", ""), size) if same else None
    except OutsideError:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is None:
        return FileResponse(file, headers={"Accept-Ranges": "bytes"})
    start, end = part
    response = FileResponse(_Part(file, start, end), status=206)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = end - start
    response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


class _Part:
    """A part of an open file, read like a file of its own."""

    def __init__(self, file: File, start: int, end: int):
        file.seek(start)
        self.file, self.left = file, end - start

    def read(self, most: int) -> bytes:
        chunk = self.file.read(min(most, self.left))
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        self.file.close()
