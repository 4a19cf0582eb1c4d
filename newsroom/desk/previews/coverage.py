"""What a link shows: its pieces as they stand at this moment, and which addresses belong to it."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import Resolver404, ResolverMatch, resolve

from articles.models import Article, Attachment, Photo, Version
from articles.statuses import Status
from issues.expecting import Excerpt, excerpt_of_issue, excerpt_of_piece
from issues.models import Placement
from newsroom.desk.models import PreviewLink


@dataclass(frozen=True)
class Piece:
    """A piece as it stands: its fingerprint, its newest version, and whether that says the same."""

    article: Article
    fingerprint: str
    version: int | None
    same: bool


class Coverage:
    """All that a link opens, as it stands when it is asked, not as it was when it was lent."""

    def __init__(self, link: PreviewLink):
        """Take a link that is open."""
        self.link = link

    @cached_property
    def articles(self) -> list[int]:
        """The pieces that are lent, by their keys."""
        link = self.link
        if link.article_id is None:
            placed = Placement.objects.lent(link.issue, link.page)
            return list(dict.fromkeys(placed.values_list("article", flat=True)))
        put_aside = link.article.status in (Status.REJECTED, Status.DISCARDED)
        return [] if put_aside or link.article.withdrawn_at else [link.article_id]

    @cached_property
    def excerpt(self) -> Excerpt:
        """The instant and what is supposed at it."""
        if self.link.article_id:
            return excerpt_of_piece(self.link.article)
        return excerpt_of_issue(self.link.issue, self.link.page)

    @cached_property
    def pieces(self) -> dict[int, Piece]:
        """The pieces that are lent, as they stand, in the order of the pages."""
        found = {}
        if not self.articles:
            return found
        newest = Version.objects.newest_of(self.articles)
        for drawn in self.excerpt.drawn:
            article, mark = drawn.version.article, drawn.version.fingerprint
            latest = newest.get(article.pk)
            number, same = (latest.number, latest.fingerprint == mark) if latest else (None, False)
            found[article.pk] = Piece(article, mark, number, same)
        return found

    @property
    def front(self) -> str:
        """The public address of what is lent."""
        link = self.link
        if link.article_id:
            return link.article.get_absolute_url()
        whole = link.issue.get_absolute_url()
        return f"{whole}{link.page}/" if link.page else whole

    def _covers(self, match: ResolverMatch) -> bool:
        name, where = match.view_name, match.kwargs
        if name == "articles:article":
            return where["number"] in self.articles
        if name == "issues:issue":
            return self._is_ours(where) and self.link.page is None
        if name == "issues:page":
            return self._is_ours(where) and self.link.page in (None, where["number"])
        return False

    def _is_ours(self, where: dict) -> bool:
        issue = self.link.issue
        return issue is not None and tuple(where["edition"]) == (issue.date, issue.sequence)

    def piece_at(self, path: str) -> Piece | None:
        """Return the piece whose page an address is."""
        match = _match(path)
        if match is None or match.view_name != "articles:article":
            return None
        return self.pieces.get(match.kwargs["number"])

    @cached_property
    def digests(self) -> set[str]:
        """The photographs of what is lent."""
        photos = Photo.objects.filter(article__in=self.articles)
        return set(photos.values_list("digest", flat=True))

    def inside(self, path: str) -> bool:
        """Say whether an address is lent, a page or a file; two statements for however many."""
        match = _match(path)
        if match is None:
            return False
        if match.view_name == "articles:photo":
            return match.kwargs["digest"] in self.digests
        if match.view_name == "articles:attachment":
            return match.kwargs["number"] in self.articles
        return self._covers(match)

    def file_at(self, path: str) -> ResolverMatch | None:
        """Return which photograph or file of what is lent an address names."""
        match = _match(path)
        files = ("articles:photo", "articles:attachment")
        return match if match and match.view_name in files and self.inside(path) else None

    def attached(self, number: int, digest: str, kind: str) -> Attachment | None:
        """Return a file that a lent piece offers now."""
        return Attachment.objects.under(number, digest, kind).first()


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None
