"""Stamps on forms of the public site: which form it is, made for what, and when.

They stand in for the session that a public page does not have. A stamp is signed with the key of
the site, so what it says was said by us; it is no secret and says nothing of who asked for it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer

from newsroom.people import clock

# Nobody types a sentence faster; whoever does is asked to press once more.
SOONEST = timedelta(seconds=3)
# Somebody may read the paper in between, and have lunch.
LONGEST = timedelta(hours=12)
LONGEST_TEXT = 500  # characters; ours are a third of that


@dataclass(frozen=True)
class Stamp:
    """What a stamp says: what the form was made for, when, and whether it was shown before.

    ``nonce`` is of this one form alone: sent twice, it is the same sending.
    """

    bound: tuple
    nonce: str
    made_at: datetime
    shown_before: bool

    @property
    def is_early(self) -> bool:
        """Say whether the form came back faster than anybody types."""
        return not self.shown_before and clock.now() - self.made_at < SOONEST

    @property
    def is_late(self) -> bool:
        """Say whether the form is older than a stamp lives."""
        return clock.now() - self.made_at > LONGEST


def make(purpose: str, *bound, shown_before: bool = False, made_at: datetime | None = None) -> str:
    """Return a stamp for a form made for something: numbers and short words. Now, unless given."""
    at = int((made_at or clock.now()).timestamp())
    said = [list(bound), secrets.token_urlsafe(12), at, shown_before]
    return _signer(purpose).sign_object(said)


def read(purpose: str, text: str) -> Stamp | None:
    """Return what a stamp says, or None for one that we have not made for this purpose."""
    try:
        bound, nonce, at, shown_before = _signer(purpose).unsign_object(text[:LONGEST_TEXT])
    except BadSignature:
        return None
    made_at = datetime.fromtimestamp(at, tz=clock.now().tzinfo)
    return Stamp(tuple(bound), nonce, made_at, shown_before)


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"newsroom.readers.{purpose}")
