"""The desk knows its users and speaks their language; the public site knows nobody."""

from django.conf import settings
from django.utils import translation


def _is_for_the_desk(request) -> bool:
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}/")


class PublicWithoutCookiesMiddleware:
    """Take the cookies off a request for a public page, before anybody reads them.

    A cookie somebody made up would be answered with a new one, in a page that caches keep for all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _is_for_the_desk(request):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)


class DeskLanguageMiddleware:
    """Switch to the language a user chose, on desk addresses only.

    Public pages never look at the user: they carry no cookie and no session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _is_for_the_desk(request):
            return self.get_response(request)
        language = getattr(request.user, "language", None) or settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response
