"""The desk speaks its user's language; the public site speaks the paper's."""

from django.conf import settings
from django.utils import translation


class DeskLanguageMiddleware:
    """Switch to the language a user chose, on desk addresses only.

    Public pages never look at the user: they carry no cookie and no session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(f"/{settings.ADMIN_PATH}/"):
            return self.get_response(request)
        language = getattr(request.user, "language", None) or settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response
