"""Pieces that go on on another page: 下转第3版 there, 上接第1版 here, and both must be right."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from issues.dryrun.facts import Facts, Found, Piece, about
from issues.reading.characters import read_number

_NUMERAL = "[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
_JUMP = re.compile(
    rf"(?P<way>下转|上接)\s*(?:本报)?\s*第?\s*[A-Za-zＡ-Ｚ]?\s*(?P<page>{_NUMERAL})\s*版"
)
_ON = "下转"


@dataclass(frozen=True)
class _Jump:
    piece: Piece
    goes_on: bool
    to: int
    words: str

    @property
    def at(self) -> int:
        """The page it stands on."""
        return self.piece.page


def unpaired_jumps(issue: Facts) -> Iterator[Found]:
    """Find jumps to a page that is not there, to their own, or to one that does not jump back.

    A piece that goes on twice on one page needs two halves there.
    """
    jumps = [jump for piece in issue.pieces for jump in _jumps_of(piece)]
    waiting = list(jumps)
    for jump in jumps:
        partner = next((each for each in waiting if _belong(jump, each)), None)
        if jump in waiting and partner is not None:
            waiting.remove(jump)
            waiting.remove(partner)
    pages = {page.number for page in issue.pages}
    seen: Counter[tuple] = Counter()
    for jump in waiting:
        seen[jump.piece.title, jump.words] += 1
        yield about(
            jump.piece,
            _sentence(jump, pages, waiting),
            words=jump.words,
            page=jump.to,
            at=jump.at,
            other_page=_elsewhere(jump, waiting) or "",
            detail=f"{jump.words}/{seen[jump.piece.title, jump.words]}",
        )


def _jumps_of(piece: Piece) -> Iterator[_Jump]:
    for text in piece.reads:
        for match in _JUMP.finditer(text):
            to = read_number(match["page"])
            if to is not None:
                yield _Jump(piece, match["way"] == _ON, to, match[0])


def _belong(jump: _Jump, other: _Jump) -> bool:
    """Say whether two jumps are the halves of one."""
    return jump.goes_on != other.goes_on and jump.to == other.at and other.to == jump.at != jump.to


def _elsewhere(jump: _Jump, waiting: list[_Jump]) -> int | None:
    """Return the page on which the other half seems to stand, if it is the only one that could."""
    others = [each for each in waiting if each.goes_on != jump.goes_on]
    halves = [each.at for each in others if each.to == jump.at != each.at]
    return halves[0] if len(halves) == 1 else None


def _sentence(jump: _Jump, pages: set[int], waiting: list[_Jump]) -> str:
    if _elsewhere(jump, waiting):
        return _("“{title}” says “{words}”, but its other half stands on page {other_page}.")
    if jump.to == jump.at:
        return _("“{title}” says “{words}” and stands on that page itself.")
    if jump.to not in pages:
        return _("“{title}” says “{words}”, but the issue has no page {page}.")
    if jump.goes_on:
        return _("“{title}” says “{words}”, but nothing on page {page} comes from page {at}.")
    return _("“{title}” says “{words}”, but nothing on page {page} goes on to page {at}.")
