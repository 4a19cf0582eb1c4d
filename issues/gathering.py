"""The facts of issues as the dry run reads them: fetched for all together, each kind at most once.

The same number of statements for four pieces and for forty; what no check asks for is not fetched.
"""

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from articles.checklist import Picture, Words
from articles.models import Article, Version
from articles.models import Picture as PictureFile
from issues.answering import Answers, own_hosts
from issues.dryrun.facts import Leaf, Past, Piece
from issues.dryrun.links import is_outside, targets_of
from issues.dryrun.numbering import numbers_named
from issues.models import Issue, OutsideLink, Page, Placement
from issues.numbering import next_for
from issues.printing import errata_for, next_issue
from issues.remembering import Memory
from issues.statuses import Status
from newsroom.people import clock
from newsroom.people.models import SiteSettings


class Gathering:
    """Some issues with all that is asked of them."""

    def __init__(self, issues: list[Issue]):
        """Take the issues, whatever they have fetched."""
        self.issues = issues
        self.keys = [issue.pk for issue in issues]
        self.now = clock.now()

    def __iter__(self):
        """Yield the facts of each issue."""
        return iter(self.facts)

    @cached_property
    def pages(self) -> dict[int, list[Page]]:
        """The pages by issue, in order."""
        found = defaultdict(list)
        for page in Page.objects.of_issues(self.keys).select_related("format"):
            found[page.issue_id].append(page)
        return found

    @cached_property
    def placements(self) -> dict[int, list[Placement]]:
        """What stands in each issue, in order, with all that a check reads of it."""
        placed = (
            Placement.objects.of_issues(self.keys)
            .select_related("page__issue", "article__release", "article__sealed")
            .defer("article__sealed__html")
            .prefetch_related(
                "article__sealed__bylines",
                "article__sealed__photos",
                "article__bylines__correspondent",
                "article__photos",
            )
        )
        found = defaultdict(list)
        for placement in placed:
            found[placement.page.issue_id].append(placement)
        return found

    @cached_property
    def articles(self) -> list[Article]:
        """Every piece of all of them."""
        return [each.article for here in self.placements.values() for each in here]

    @cached_property
    def newer(self) -> set[int]:
        """The keys of the pieces whose newest version says something else than the sealed one."""
        asked = Article.objects.filter(pk__in=[article.pk for article in self.articles])
        return set(asked.changed_since_sealed().values_list("pk", flat=True))

    @cached_property
    def lost(self) -> set[int]:
        """The keys of the pieces of whose seal somebody has taken a signature back."""
        asked = Article.objects.filter(pk__in=[article.pk for article in self.articles])
        return set(asked.with_signature_taken_back().values_list("pk", flat=True))

    @cached_property
    def next_issue(self) -> Issue | None:
        """The one that goes out next of all that are laid out."""
        return next_issue()

    @cached_property
    def facts(self) -> list["Fetched"]:
        """The facts of each issue."""
        return [Fetched(issue, self) for issue in self.issues]

    @cached_property
    def neighbours(self) -> dict[int, tuple[int | None, int | None]]:
        """By issue the highest number of an earlier day, and the lowest of a later one."""
        numbered = Issue.objects.filter(number__isnull=False)
        given = numbered.exclude(status=Status.PLANNING)
        before = numbered.filter(date__lt=OuterRef("date")).order_by("-number").values("number")
        after = given.filter(date__gt=OuterRef("date")).order_by("number").values("number")
        rows = Issue.objects.filter(pk__in=self.keys).order_by()
        found = rows.values_list("pk", Subquery(before[:1]), Subquery(after[:1]))
        return {pk: (highest, lowest) for pk, highest, lowest in found}

    @cached_property
    def numbers(self) -> dict[int, date]:
        """The days of the issues whose numbers stand near, or in a text."""
        near = {number for pair in self.neighbours.values() for number in pair if number}
        named = (numbers_named(facts) for facts in self.facts)
        wanted = Q(number__in=near.union(*named)) | Q(number__isnull=False, combines__gt=1)
        asked = Issue.objects.filter(wanted)
        return {
            number: day
            for first, combines, day in asked.values_list("number", "combines", "date")
            for number in range(first, first + combines)
        }

    @cached_property
    def open_issues(self) -> list[Issue]:
        """The issues that are being laid out and have no number yet, the earliest first."""
        return list(Issue.objects.planned().filter(number=None, numbered=True))

    @cached_property
    def memory(self) -> Memory:
        """What was printed shortly before."""
        return Memory(self.issues, self.now)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The names of our own site."""
        return own_hosts()

    @cached_property
    def answers(self) -> Answers:
        """What the links in all pieces lead to."""
        pieces = (piece for facts in self.facts for piece in facts.pieces)
        return Answers(targets_of(pieces), self.hosts, self.now)

    @cached_property
    def tried(self) -> dict[str, OutsideLink]:
        """What the links to other sites gave when somebody lately asked for them."""
        pieces = (piece for facts in self.facts for piece in facts.pieces)
        theirs = {each for each in targets_of(pieces) if is_outside(each, self.hosts)}
        # "" is no link's, and keeps an issue without links as dear as one with them.
        return OutsideLink.objects.known_of(theirs | {""})

    @cached_property
    def unready(self) -> frozenset[str]:
        """The digests of pictures of which some files are still to be made."""
        pictures = (
            picture for facts in self.facts for piece in facts.pieces
            for picture in piece.words.pictures
        )  # fmt: skip
        # "" is no picture's, and keeps an issue without pictures as dear as one with them.
        known = PictureFile.objects.by_digest({picture.digest for picture in pictures} | {""})
        return frozenset(digest for digest, picture in known.items() if picture.missing)

    @cached_property
    def photo_characters(self) -> int:
        """How many characters of a page a photo takes."""
        return SiteSettings.current().photo_characters


class Fetched:
    """The facts of one issue, under the names of ``dryrun.facts.Facts``."""

    def __init__(self, issue: Issue, gathering: Gathering):
        """Take an issue of a gathering."""
        self._issue, self._all = issue, gathering
        self.day, self.title, self.number = issue.date, issue.title, issue.number
        self.takes_number, self.combines = issue.numbered, issue.combines

    @property
    def issue(self) -> Issue:
        """The issue itself."""
        return self._issue

    @cached_property
    def coming_number(self) -> int | None:
        """The running number it would be given now; asked only where something speaks of it."""
        return next_for(self._issue)

    @property
    def planned_day(self):
        """The day of its hour, or of the time planned for it."""
        hour = self._issue.release.publish_at or self._issue.planned_time
        return timezone.localdate(hour) if hour else None

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What stands in it and goes out with it, as it would go out."""
        return tuple(piece for piece in self._placed if not self._is_left_out(piece))

    @property
    def left_out(self) -> tuple[Piece, ...]:
        """What stands on its pages and was left out of it."""
        return tuple(filter(self._is_left_out, self._placed))

    @cached_property
    def _placed(self) -> list[Piece]:
        return list(map(self._piece, self._all.placements[self._issue.pk]))

    def _is_left_out(self, piece: Piece) -> bool:
        return piece.article.left_out_of_id == self._issue.release_id

    @cached_property
    def pages(self) -> tuple[Leaf, ...]:
        """Its pages, and what its pieces take of them: as the board counts, as they stand now."""
        taken = defaultdict(int)
        for placement in self._all.placements[self._issue.pk]:
            article, photo = placement.article, self._all.photo_characters
            taken[placement.page_id] += article.characters + len(article.photos.all()) * photo
        return tuple(
            Leaf(page.number, str(page), taken[page.pk], page.budget)
            for page in self._all.pages[self._issue.pk]
        )

    @cached_property
    def errata(self) -> tuple[tuple[str, int], ...]:
        """The corrections it should print: the title of each piece, and the page."""
        following = self._all.next_issue
        if following is None or following.pk != self._issue.pk:
            return ()
        numbers = [page.number for page in self._all.pages[self._issue.pk]]
        waiting = errata_for(self._issue, numbers)
        return tuple((str(erratum.correction.article), erratum.page) for erratum in waiting)

    @property
    def open_before(self) -> tuple[str, ...]:
        """The issues of earlier days that are still open, and should not be by now.

        Weeks are planned ahead: what comes before one that is not due yet is open rightly.
        """
        today = timezone.localdate(self._all.now)
        mine = (self.day, self._issue.sequence)
        before = (each for each in self._all.open_issues if (each.date, each.sequence) < mine)
        is_due = self.day <= today + timedelta(days=1)
        return tuple(str(each) for each in before if is_due or each.date < today)

    @property
    def number_before(self) -> tuple[int, date] | None:
        """The highest number of an issue of an earlier day, and that day."""
        number = self._all.neighbours[self._issue.pk][0]
        return (number, self.numbers[number]) if number else None

    @property
    def number_after(self) -> tuple[int, date] | None:
        """The lowest number of an issue of a later day, and that day."""
        number = self._all.neighbours[self._issue.pk][1]
        return (number, self.numbers[number]) if number else None

    @cached_property
    def numbers(self) -> dict[int, date]:
        """The days of the issues whose numbers stand near, or in a text."""
        return self._all.numbers

    @cached_property
    def past(self) -> tuple[Past, ...]:
        """What was printed shortly before and is worth comparing with its pieces."""
        return self._all.memory.like(self.pieces, self._issue) if self.pieces else ()

    @property
    def hosts(self) -> frozenset[str]:
        """The names of our own site."""
        return self._all.hosts

    @cached_property
    def unanswered(self) -> dict[str, str]:
        """The links of its texts that will not answer when it is out, and why not."""
        own = {piece.article.pk for piece in self.pieces}
        whys = {
            target: self._all.answers.why_not(target, self._issue, own)
            for target in targets_of(self.pieces)
        }
        return {target: why for target, why in whys.items() if why}

    @property
    def tried(self) -> dict[str, OutsideLink]:
        """What links of any of the issues to other sites gave lately."""
        return self._all.tried

    @property
    def unready(self) -> frozenset[str]:
        """The digests of pictures of which some files are still to be made."""
        return self._all.unready

    def _piece(self, placement: Placement) -> Piece:
        article, release = placement.article, placement.article.release
        sealed = article.sealed_id is not None
        waits = release is not None and (release.held or release.publish_at is None)
        elsewhere = (
            release is not None
            and not release.alone
            and release.pk != self._issue.release_id
            and not release.is_due(self._all.now)
        )
        return Piece(
            title=str(article),
            page=placement.page.number,
            article=article,
            words=words_of(article.sealed) if sealed else words_typed(article),
            is_lead=placement.weight == Placement.Weight.LEAD,
            dateline=(article.sealed if sealed else article).dateline,
            status=Article.Status(article.status).label,
            is_sealed=sealed,
            lost_signature=article.pk in self._all.lost,
            is_withdrawn=article.withdrawn_at is not None,
            is_held=waits and release.alone,
            comes_elsewhere=elsewhere,
            has_newer=article.pk in self._all.newer or article.status != Article.Status.APPROVED,
        )


def words_of(version: Version) -> Words:
    """Return what residents would read of a sealed version."""
    return _words(version, (byline.name for byline in version.bylines.all()), "identity")


def words_typed(article: Article) -> Words:
    """Return what stands in the working copy of a piece that nobody has signed off."""
    return _words(article, (byline.printed_name for byline in article.bylines.all()), "pk")


def _words(copy: Article | Version, names, numbered_by: str) -> Words:
    return Words(
        kind=copy.kind,
        headline=copy.headline,
        body=copy.body,
        source=copy.source,
        names=tuple(names),
        pictures=tuple(
            Picture(
                photo.caption,
                photo.credit,
                photo.alternative_text,
                bool(photo.digest),
                getattr(photo, numbered_by),
                row,
                digest=photo.digest,
            )
            for row, photo in enumerate(copy.photos.all())
        ),
    )
