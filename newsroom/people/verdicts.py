"""The answer of a permission: yes, or no with the reason in a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """True when there is no reason against. The reason is shown beside the button it disables."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


YES = Verdict()


class RefusalError(Exception):
    """A verb that may not be done now; the message is a sentence in the user's language."""


def demand(verdict: Verdict) -> None:
    """Raise RefusalError with the reason when the verdict is no."""
    if not verdict:
        raise RefusalError(verdict.reason)


def first_objection(*objections: tuple[bool, str]) -> Verdict:
    """Return the verdict of the first objection that holds: pairs of (holds, sentence)."""
    return next((Verdict(str(reason)) for holds, reason in objections if holds), YES)
