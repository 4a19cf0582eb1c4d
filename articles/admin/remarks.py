"""What reviewers said of a piece, each remark at the paragraph it is about."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.anchoring import Spot
from articles.markup import blocks, paragraphs, sanitise, trusted, with_figures
from articles.models import Article, Comment

SHORT = 18  # characters by which a paragraph is known in a list


@dataclass(frozen=True)
class Remark:
    """A comment, and where in the text as it is now its paragraph stands."""

    comment: Comment
    spot: Spot | None

    @property
    def number(self) -> int | None:
        """The number of its paragraph, from 0; None for the whole piece or one that has gone."""
        return self.spot.number if self.spot else None

    @property
    def is_sent(self) -> bool:
        """Say whether others than its writer read it."""
        return self.comment.act_id is not None


@dataclass(frozen=True)
class Block:
    """A stretch of text as it is shown: its HTML, and the numbers of its paragraphs."""

    html: str
    numbers: range


def remarks_on(article: Article, user) -> list[Remark]:
    """Return what somebody reads beside a piece, in the order of the text."""
    text = article.paragraphs
    comments = article.comments.shown_to(user).for_display()
    found = [Remark(comment, comment.spot(text)) for comment in comments]
    return sorted(found, key=lambda remark: -1 if remark.number is None else remark.number)


def open_remarks(remarks: list[Remark]) -> int:
    """Count what has been sent and nobody has seen to."""
    return sum(remark.is_sent and remark.comment.resolved_at is None for remark in remarks)


def blocks_of(article: Article, draw) -> list[Block]:
    """Return the working copy's text block by block; ``draw`` draws its photographs."""
    found, first = [], 0
    for html in blocks(sanitise(article.body)):
        count = len(paragraphs(html))
        found.append(Block(trusted(with_figures(html, draw)), range(first, first + count)))
        first += count
    return found


def paragraph_choices(article: Article) -> list[tuple[str, str]]:
    """Return what a remark can be about: the whole piece, or a paragraph by how it begins."""
    return [("", _("The whole piece"))] + [
        (
            str(number),
            _("Paragraph {number}: {words}").format(number=number + 1, words=text[:SHORT]),
        )
        for number, text in enumerate(article.paragraphs)
    ]
