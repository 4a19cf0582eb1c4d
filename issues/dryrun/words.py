"""What the words that would go out lack. The checklist of pieces says what that is."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from articles.checklist import CHECKS
from issues.dryrun.facts import Facts, Found, about


def lacking(key: str) -> Callable[[Facts], Iterator[Found]]:
    """Return a check that asks one of the checklist's of each piece."""

    def find(issue: Facts) -> Iterator[Found]:
        for piece in issue.pieces:
            for lack in CHECKS[key].find(piece.words):
                said = _("“{title}”: {lack}")
                yield about(piece, said, lack=lack.sentence, field=lack.field, detail=lack.field)

    return find
