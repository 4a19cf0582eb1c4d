"""What the pages lack: a piece, a lead, room, a correction that waits to be printed."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from issues.dryrun.facts import Facts, Found


def empty(issue: Facts) -> Iterator[Found]:
    """Find an issue without a piece."""
    if not issue.pieces:
        yield Found(_("There is no piece in the issue."))


def empty_page(issue: Facts) -> Iterator[Found]:
    """Find the pages on which nothing stands, in an issue that has pieces."""
    # What was left out is told by itself.
    filled = {piece.page for piece in (*issue.pieces, *issue.left_out)}
    for page in issue.pages if issue.pieces else ():
        if page.number not in filled:
            yield Found(_("{page} is empty.").format(page=page.name), page=page.number)


def no_lead(issue: Facts) -> Iterator[Found]:
    """Find the pages that have pieces and none that leads them."""
    filled = {piece.page for piece in issue.pieces}
    led = {piece.page for piece in (*issue.pieces, *issue.left_out) if piece.is_lead}
    for page in issue.pages:
        if page.number in filled - led:
            yield Found(_("{page} has no lead.").format(page=page.name), page=page.number)


def over_budget(issue: Facts) -> Iterator[Found]:
    """Find the pages that take more characters than their format holds."""
    for page in issue.pages:
        if page.budget is not None and page.taken > page.budget:
            said = _("{page} is {over} characters over its {budget}.")
            over = page.taken - page.budget
            said = said.format(page=page.name, over=over, budget=page.budget)
            yield Found(said, page=page.number)


def correction_waits(issue: Facts) -> Iterator[Found]:
    """Find the signed corrections that the issue should print and does not yet."""
    seen = Counter()
    for title, page in issue.errata:
        said = _("The correction of “{title}” waits to be printed on page {page}.")
        seen[title, page] += 1
        detail = f"{title}/{seen[title, page]}"
        yield Found(said.format(title=title, page=page), page=page, detail=detail)
