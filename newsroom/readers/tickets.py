"""What stands in the link of a letter of confirmation: an address and an hour, locked.

Nothing is kept of somebody who has not confirmed, so the link itself carries what is needed. It is
locked with the key of the site: it can be neither read in a log nor made by anybody else.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsroom.people import clock
from newsroom.people.ciphers import locked, opened

GOOD_FOR = timedelta(hours=72)
LONGEST = 1200  # characters of a ticket; of an address there are 254
_PURPOSE = "newsletter"


@dataclass(frozen=True)
class Ticket:
    """Whose address it is, and when the letter was asked for."""

    address: str
    asked_at: datetime

    def is_good(self, at: datetime) -> bool:
        """Say whether it has not run out at an instant."""
        return self.asked_at <= at < self.asked_at + GOOD_FOR


def issue(address: str) -> str:
    """Return a ticket for an address, as it stands in a link."""
    said = {"for": _PURPOSE, "address": address, "at": clock.now().timestamp()}
    return locked(json.dumps(said)).rstrip("=")


def read(ticket: str) -> Ticket | None:
    """Return what a ticket says, or None where it is none of ours."""
    if len(ticket) > LONGEST or not ticket.isascii():
        return None
    try:
        said = json.loads(opened(ticket + "=" * (-len(ticket) % 4)))
        if said["for"] != _PURPOSE:
            return None
        asked_at = datetime.fromtimestamp(said["at"], clock.now().tzinfo)
    except (KeyError, TypeError, ValueError):
        return None
    return Ticket(said["address"], asked_at)
