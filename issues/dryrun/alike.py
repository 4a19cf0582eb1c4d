"""Pieces that say the same as another: in the issue, or among what was printed in thirty days."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.kinds import Kind
from issues.dryrun.facts import Facts, Found, Past, Piece, about
from issues.dryrun.prints import ALIKE, may_be_alike

LOOKING_BACK = 30  # days


def duplicates(issue: Facts) -> Iterator[Found]:
    """Find pieces that are like one before them in the issue, or like what has been printed."""
    for place, piece in enumerate(issue.pieces):
        if piece.words.kind == Kind.CORRECTION_NOTICE:
            continue  # it repeats what it corrects
        for other in issue.pieces[:place]:
            if share := _share(piece, other):
                said = _("“{title}” is {share} % like “{other_title}” on page {other_page}.")
                yield about(
                    piece,
                    said,
                    share=share,
                    other_title=other.title,
                    other_page=other.page,
                    other=other.article,
                    detail=f"{other.page}/{other.title}",
                )
        for old in issue.past:
            if share := old.is_near(place) and _share(piece, old):
                # Translators: a date format of Django's: month and day.
                day = date_format(old.day, _("j M"))
                said = _("“{title}” is {share} % like “{other_title}” of {day}.")
                yield about(
                    piece,
                    said,
                    share=share,
                    other_title=old.title,
                    day=day,
                    other=old.article,
                    detail=f"{old.day}/{old.title}",
                )


def _share(piece: Piece, other: Piece | Past) -> int:
    """Return how alike two texts are where that is worth saying, else 0."""
    if isinstance(other, Piece) and other.words.kind == Kind.CORRECTION_NOTICE:
        return 0
    if not may_be_alike(piece.print.marks, other.print.marks):
        return 0
    share = piece.print.share(other.print)
    return share if share >= ALIKE else 0
