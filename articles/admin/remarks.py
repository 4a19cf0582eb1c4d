"""What was said of a piece, each conversation at the paragraph it is about."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from articles.anchoring import Spot
from articles.markup import blocks, paragraphs, sanitise, trusted, with_figures
from articles.models import Article, Comment
from articles.permissions import may_settle, may_take_back, readers, sees_everything
from newsroom.people.models import User

SHORT = 18  # characters by which a paragraph is known in a list


@dataclass(frozen=True)
class Said:
    """A comment or an answer, and what its reader may do with it."""

    comment: Comment
    mine: bool
    names_me: bool
    may_take_back: bool

    @property
    def is_sent(self) -> bool:
        """Say whether others than its writer read it."""
        return self.comment.act_id is not None

    @property
    def anchor(self) -> str:
        """What it is called in the address of its page; a notice leads there."""
        return f"said-{self.comment.act_id or f'note-{self.comment.pk}'}"


@dataclass(frozen=True)
class Remark(Said):
    """What a conversation begins with, where in the text of now its paragraph stands, the rest."""

    spot: Spot | None
    answers: tuple[Said, ...]
    may_settle: bool

    @property
    def number(self) -> int | None:
        """The number of its paragraph, from 0; None for the whole piece or one that has gone."""
        return self.spot.number if self.spot else None


@dataclass(frozen=True)
class Block:
    """A stretch of text as it is shown: its HTML, and the numbers of its paragraphs."""

    html: str
    numbers: range


def remarks_on(article: Article, user) -> list[Remark]:
    """Return what somebody reads beside a piece, in the order of the text."""
    text = article.paragraphs
    shown = article.comments.shown_to(user, newsroom=sees_everything(user))
    comments = list(shown.for_display().prefetch_related("mentions"))
    threads = defaultdict(list)
    for comment in sorted(comments, key=lambda each: each.pk):
        threads[comment.answers_id].append(comment)
    settles = cache(lambda mine, at_once, example: may_settle(user, article, example))
    examples: dict[tuple, Comment] = {}
    found = []
    for comment in (each for each in comments if each.answers_id is None):
        kind = (comment.by_id == user.pk, comment.round_id is None)
        verdict = settles(*kind, examples.setdefault(kind, comment))
        answers = threads[comment.pk]
        found.append(
            Remark(
                **_said(comment, answers, user),
                spot=comment.spot(text),
                answers=tuple(Said(**_said(each, answers, user)) for each in answers),
                may_settle=bool(verdict) and comment.act_id is not None,
            )
        )
    return sorted(found, key=lambda remark: -1 if remark.number is None else remark.number)


def _said(comment: Comment, answers: list[Comment], user) -> dict:
    verdict = may_take_back(user, comment, answered=comment.is_answered(answers))
    return {
        "comment": comment,
        "mine": comment.by_id == user.pk,
        "names_me": any(each.person_id == user.pk for each in comment.mentions.all()),
        "may_take_back": bool(verdict),
    }


def open_remarks(remarks: list[Remark]) -> int:
    """Count what has been sent and nobody has seen to."""
    return sum(remark.is_sent and remark.comment.resolved_at is None for remark in remarks)


def colleagues(article: Article, user) -> list[tuple[User, bool]]:
    """Return whom somebody can name in a comment, and whether they read the newsroom's own."""
    inside = {person.pk for person in readers(article, inside=True)}
    return [
        (person, person.pk in inside)
        for person in readers(article, inside=False)
        if person.pk != user.pk
    ]


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
