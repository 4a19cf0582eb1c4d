"""Whether a piece may go on: the checklist over what is saved of it, as the newsroom has set it."""

from functools import cached_property

from django.db.models import prefetch_related_objects

from articles.checklist import CHECKS, Attached, Level, Picture, missing
from articles.models import Article, ChecklistRule
from articles.models import Picture as Facts
from newsroom.people.permissions import works_in_newsroom


class SavedWords:
    """The words of a saved piece under the names of ``checklist.Words``.

    What stands in other tables is fetched when a check asks for it, and not twice.
    """

    def __init__(self, article: Article, facts: dict[str, Facts] | None = None):
        """Take a piece; ``facts`` are its pictures by digest where a page has fetched them."""
        self._article, self._facts = article, facts

    def __getattr__(self, name):
        return getattr(self._article, name)

    @property
    def has_section(self) -> bool:
        """Say whether it is filed in a section."""
        return self._article.section_id is not None

    @cached_property
    def paragraphs(self) -> list[str]:
        """The plain text, block by block."""
        return self._article.paragraphs

    @cached_property
    def characters(self) -> int:
        """Characters of the text as newspapers count them."""
        return self._article.characters

    @cached_property
    def from_outside(self) -> bool:
        """Say whether a correspondent filed it, whose unit answers for it."""
        return not works_in_newsroom(self._article.filed_by)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names under it."""
        bylines = self._article.bylines
        fetched = "bylines" in getattr(self._article, "_prefetched_objects_cache", {})
        rows = bylines.all() if fetched else bylines.select_related("correspondent")
        return tuple(each.printed_name for each in rows)

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """Its photographs, in their order."""
        photos = list(self._article.photos.all())
        facts = _facts(photos) if self._facts is None else self._facts
        return tuple(
            _picture(photo, row, facts.get(photo.digest)) for row, photo in enumerate(photos)
        )

    @cached_property
    def attachments(self) -> tuple[Attached, ...]:
        """Its attached files, in their order."""
        files = self._article.attachments.all()
        return tuple(Attached(each.title, row) for row, each in enumerate(files))

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """What the import found damaged and nobody has cleared."""
        return tuple(gap.message for gap in self._article.gaps.all() if gap.cleared_at is None)


def _facts(photos) -> dict[str, Facts]:
    digests = {photo.digest for photo in photos} - {""}
    return Facts.objects.by_digest(digests) if digests else {}


def _picture(photo, row: int, facts: Facts | None) -> Picture:
    return Picture(
        photo.caption,
        photo.credit,
        photo.alternative_text,
        bool(photo.digest),
        photo.pk,
        row,
        shows_minors=bool(facts and facts.shows_minors),
        has_consent=bool(facts and facts.consent.strip()),
        digest=photo.digest,
    )


def open_points(articles: list[Article]) -> dict[int, list[str]]:
    """Return by piece the labels of the checks that still find something in it.

    The same number of statements for one piece and for many.
    """
    prefetch_related_objects(articles, "photos", "attachments", "gaps", "filed_by__groups")
    chosen = ChecklistRule.objects.chosen()
    facts = _facts([photo for article in articles for photo in article.photos.all()])
    asked = [check for check in CHECKS.values() if check.level(chosen).weight]
    return {
        article.pk: [
            str(check.label) for check in asked if check.asks(words) and any(check.find(words))
        ]
        for article in articles
        for words in [SavedWords(article, facts)]
    }


def missing_before_review(article: Article) -> list[str]:
    """Return a sentence for each thing that stops its submission."""
    return missing(SavedWords(article), ChecklistRule.objects.chosen(), before=Level.REVIEW)


def missing_before_signature(article: Article) -> list[str]:
    """Return a sentence for each thing that stops a signature on it."""
    return missing(SavedWords(article), ChecklistRule.objects.chosen(), before=Level.SIGN)


def next_step(article: Article | None) -> Level:
    """Return what stands before a piece: its review, or the next signature."""
    submitted = article is not None and article.status == Article.Status.IN_REVIEW
    return Level.SIGN if submitted else Level.REVIEW
