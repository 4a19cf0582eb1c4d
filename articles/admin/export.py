"""The list of pieces as a table for a spreadsheet, streamed: ten thousand rows may go at once."""

import csv
from collections.abc import Iterator
from itertools import islice

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles import permissions, standing
from articles.models import Article

# Excel takes a file for UTF-8 only where it begins with this.
MARK = "\ufeff"
# A cell that begins with one of these is a formula to a spreadsheet, whoever wrote it.
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 200


class ExportDoor:
    """The door of the table: what is asked for in the address of a list."""

    def get_urls(self):
        """Put the door before the stock ones."""
        door = self.admin_site.admin_view(self.export)
        return [path("articles.csv", door, name="articles_article_csv"), *super().get_urls()]

    def export(self, request):
        """Send every piece of the list, to the newsroom."""
        if not permissions.sees_everything(request.user):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        whole = standing.with_reviews(found.for_desk_list().defer("sealed__body", "sealed__html"))
        lines = _lines(whole, self.admin_site.article_columns, translation.get_language())
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        name = f"articles-{timezone.localdate():%Y-%m-%d}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(articles, more, language: str) -> Iterator[str]:
    """Yield the table line by line; ``more`` are columns that the rooms above bring.

    The page is left long before the last line, and its language with it.
    """
    writer = csv.writer(_Echo())
    with translation.override(language):
        yield MARK + writer.writerow([*_headings(), *(str(heading) for heading, _values in more)])
        rows = articles.iterator(chunk_size=CHUNK)
        while chunk := list(islice(rows, CHUNK)):
            added = [values(chunk) for _heading, values in more]
            for article in chunk:
                cells = [*_cells(article), *(values.get(article.pk, "") for values in added)]
                yield writer.writerow([harmless(cell) for cell in cells])


def harmless(cell) -> str:
    """Return a cell as text that no spreadsheet reckons with."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(BEGIN_FORMULAS) else text


def _headings() -> list[str]:
    return [
        _("Number"), _("Kicker"), _("Headline"), _("Deck"), _("State"), _("Round"),
        _("With whom"), _("Section"), _("Names"), _("Filed by"), _("Unit"), _("Characters"),
        _("Filed"), _("Since"), _("Due"), _("Goes out"),
    ]  # fmt: skip


def _cells(article: Article) -> list:
    author, release = article.filed_by, article.release
    holder = article.claimed_by or (author if article.status == Article.Status.DRAFT else "")
    return [
        article.pk,
        article.kicker,
        article.title,
        article.deck,
        standing.state(article, timezone.now()).word,
        article.round.name if article.round else "",
        holder,
        article.section or "",
        " ".join(byline.printed_name for byline in article.bylines.all()),
        author,
        author.unit or "",
        article.characters,
        _moment(article.filed_at),
        _moment(article.moved_at),
        _moment(article.due_at),
        _moment(release.publish_at if release else None),
    ]


def _moment(at) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
