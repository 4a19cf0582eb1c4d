"""What a script of the desk is answered: JSON, and where something is refused, a sentence."""

from django.http import JsonResponse
from django.utils.cache import patch_cache_control


class TroubleError(Exception):
    """A request of a script that is not done: a status, a word for the script, a sentence."""

    def __init__(self, status: int, trouble: str, sentence: str, **more):
        """Take what ``trouble`` answers with."""
        super().__init__(sentence)
        self.answer = (status, trouble, sentence, more)


def asked_by_script(request) -> bool:
    """Say whether a script asks, which can do nothing with a page."""
    return request.headers.get("Accept") == "application/json"


def trouble(status: int, word: str, sentence: str, **more) -> JsonResponse:
    """Answer a script that what it asks for was not done."""
    return answer({"trouble": word, "sentence": str(sentence), **more}, status=status)


def answer(facts: dict, status: int = 200) -> JsonResponse:
    """Answer a script; nobody keeps it."""
    response = JsonResponse(facts, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
