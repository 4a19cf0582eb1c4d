"""The board of an issue: its pages as columns, its pieces as cards, and what is still unplaced.

Asked in the same number of statements for one piece and for eighty.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import pgettext

from articles import standing
from articles.models import Article, Photo
from articles.statuses import Status
from issues.models import (
    Assignment,
    BoardPresence,
    Issue,
    LayoutMove,
    Page,
    Placement,
)
from issues.printing import Erratum, errata_for
from issues.tray import Tray, Wish
from issues.wording import missing_words, move_sentence, stage_of, wanted_sentence
from newsroom.people.models import SiteSettings, User

MOVES = 8  # told beside the board; all of them are kept
FULL = 92  # where on its bar a page is full; what is beyond shows that it is too full


@dataclass
class Card:
    """A piece as it lies on the board; ``up`` and ``down`` are where a step would put it."""

    article: Article
    state: standing.State
    seals: list[standing.Seal]
    move: standing.Move | None
    photos: int = 0
    moved: int = 0  # the key of its last move on this board
    placement: Placement | None = None
    up: int | None = None
    down: int | None = None

    @cached_property
    def characters(self) -> int:
        """How long it is, as newspapers count."""
        return self.article.characters

    @property
    def unsigned(self) -> bool:
        """Whether it keeps the issue from being closed."""
        return self.article.sealed_id is None

    @property
    def people(self) -> str:
        """Whose names stand under it."""
        return "、".join(name.printed_name for name in self.article.bylines.all())


@dataclass
class Column:
    """A page of the board."""

    page: Page
    cards: list[Card]
    asked: list[Assignment]
    errata: list[Erratum]
    photo: int = 0

    @property
    def called(self) -> str:
        """Its number in a word: 第3版."""
        return pgettext("reader", "Page {number}").format(number=self.page.number)

    @cached_property
    def characters(self) -> int:
        """What its pieces take together: their text, and each photo as so many characters."""
        return sum(card.characters + card.photos * self.photo for card in self.cards)

    @property
    def photos(self) -> int:
        """How many photos its pieces have together."""
        return sum(card.photos for card in self.cards)

    @property
    def free(self) -> int:
        """How many characters are free where the page is still less than three quarters full."""
        return self.left if self.left and self.left * 4 >= self.page.budget else 0

    @property
    def left(self) -> int | None:
        """How many characters it could still take; below 0 it is too full. None: no budget."""
        return None if self.page.budget is None else self.page.budget - self.characters

    @property
    def over(self) -> int:
        """By how many characters it is too full."""
        return max(-(self.left or 0), 0)

    @property
    def filled(self) -> int:
        """How far its bar reaches, in hundredths of it; the budget is at ``FULL``."""
        return min(self.characters * FULL // self.page.budget, 100) if self.page.budget else 0

    @property
    def has_lead(self) -> bool:
        """Whether a piece leads it."""
        return any(card.placement.weight == Placement.Weight.LEAD for card in self.cards)


class Board:
    """An issue laid out, for whoever looks at an instant."""

    def __init__(self, issue: Issue, *, user: User, at: datetime, wish: Wish | None = None):
        """Ask for everything that lies on it; ``wish`` is what to show of the tray."""
        self.issue, self.user, self.at = issue, user, at
        self.tray = Tray(wish or Wish())
        self.placements = list(Placement.objects.of_issue(issue))
        self.pages = list(issue.pages.select_related("format").order_by("number"))
        self.photo = SiteSettings.current().photo_characters
        placed = [placement.article_id for placement in self.placements]
        asked = Article.objects.filter(pk__in=[*placed, *self.tray.keys]).for_desk_list()
        self._articles = {article.pk: article for article in standing.with_reviews(asked)}
        photos = Photo.objects.filter(article__in=self._articles)
        self._photos = Counter(photos.values_list("article", flat=True))
        self._moved = LayoutMove.objects.last_of_each(issue, self._articles)
        self._waiting = set(Article.objects.waiting_for(user).values_list("pk", flat=True))

    def _card(self, pk: int, **more) -> Card:
        article = self._articles[pk]
        return Card(
            article,
            state=standing.state(article, self.at),
            seals=standing.seals(article),
            move=standing.move(article, self.user, pk in self._waiting),
            photos=self._photos[pk],
            moved=self._moved.get(pk, 0),
            **more,
        )

    @cached_property
    def columns(self) -> list[Column]:
        """The pages in order, with their cards."""
        on_page = defaultdict(list)
        for placement in self.placements:
            on_page[placement.page_id].append(placement)
        return [
            Column(
                page,
                self._stack(on_page[page.pk]),
                self._asked_for[page.number],
                [each for each in self.errata if each.page == page.number],
                self.photo,
            )
            for page in self.pages
        ]

    @cached_property
    def errata(self) -> list[Erratum]:
        """The signed corrections that this issue should print."""
        return errata_for(self.issue, [page.number for page in self.pages])

    @cached_property
    def _asked_for(self) -> dict[int | None, list[Assignment]]:
        """What is asked for this issue and stands nowhere yet, by page; None is any page."""
        numbers = {page.number for page in self.pages}
        asked = defaultdict(list)
        wanted = Assignment.objects.asked_for(self.issue, Placement.objects.all())
        for assignment in wanted.for_desk():
            stage, told = stage_of(assignment, self.at), wanted_sentence(assignment, self.at)
            assignment.stage, assignment.told = stage, told
            asked[assignment.page if assignment.page in numbers else None].append(assignment)
        return asked

    @property
    def asked_anywhere(self) -> list[Assignment]:
        """What is asked for this issue, and for no page of it in particular."""
        return self._asked_for[None]

    def _stack(self, placements: list[Placement]) -> list[Card]:
        cards = []
        for at, placement in enumerate(placements):
            up = placements[at - 1].position if at else None
            down = placements[at + 1].position if at + 1 < len(placements) else None
            cards.append(self._card(placement.article_id, placement=placement, up=up, down=down))
        return cards

    @cached_property
    def loose(self) -> list[Card]:
        """The cards of the tray, a sheet of them at a time."""
        return [self._card(pk) for pk in self.tray.keys if pk in self._articles]

    @cached_property
    def company(self) -> list[User]:
        """Who else has this board open now."""
        here = BoardPresence.objects.here(self.issue)
        return [each.person for each in here if each.person_id != self.user.pk]

    @cached_property
    def moves(self) -> list[str]:
        """Who moved what, in sentences, the last one first."""
        last = LayoutMove.objects.of_issue(self.issue)[:MOVES]
        return [move_sentence(move, self.user, self.at) for move in last]

    @property
    def last_move(self) -> str:
        """Who moved what last; empty before the first move."""
        return self.moves[0] if self.moves else ""

    @cached_property
    def undoable(self) -> LayoutMove | None:
        """The reader's own last move, which they may take back."""
        own = LayoutMove.objects.of_issue(self.issue).by_person(self.user)
        return own.in_force().lately().first()

    @property
    def missing(self) -> list[str]:
        """What is to be done before it can be closed, as far as the layout shows it."""
        empty = [column.page.number for column in self.columns if not column.cards]
        without = [
            column.page.number for column in self.columns if column.cards and not column.has_lead
        ]
        return missing_words(self.unsigned, without, empty)

    @property
    def reopened(self) -> int:
        """How many placed pieces were signed off and are being changed again."""
        return sum(
            self._articles[placement.article_id].sealed_id is not None
            and self._articles[placement.article_id].status != Status.APPROVED
            for placement in self.placements
        )

    @property
    def unsigned(self) -> int:
        """How many placed pieces are not signed off."""
        return sum(
            self._articles[placement.article_id].sealed_id is None for placement in self.placements
        )
