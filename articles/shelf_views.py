"""The lists of pieces: by section, by correspondent, by what they are about; and of corrections.

The first page of a list shows the newest. Behind it stand volumes, by the month or by the year, in
which time runs forward: their addresses stay, and nothing that comes later moves what they hold.
"""

from dataclasses import dataclass

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.models import (
    Article,
    Correction,
    Correspondent,
    Listing,
    Section,
    Shelf,
    Tag,
    listed_by_month,
    listed_somewhere,
)
from articles.periods import Part, Volume, Volumes
from articles.public_pages import PER_PAGE, page_number, public_page, show


@dataclass(frozen=True)
class Bound:
    """A list and the addresses of its volumes."""

    volumes: Volumes
    home: str  # its first page's address
    of_year: str  # the name of the address of a year
    of_volume: str  # the name of the address of a volume
    named: tuple = ()  # what those addresses begin with

    def year_address(self, volume: Volume) -> str:
        """Return the address of a year."""
        return reverse(self.of_year, args=[*self.named, volume.year])

    def address(self, part: Part) -> str:
        """Return the address of a page of a volume."""
        volume = part.volume
        when = [volume.year] if volume.month is None else [volume.year, volume.month]
        further = [part.number] if part.number > 1 else []
        return reverse(self.of_volume, args=[*self.named, *when, *further])

    def shelf(self, year: int | None = None, part: Part | None = None) -> dict:
        """Return what the choice of years and months shows, with the place one is at marked."""
        years = self.volumes.years[::-1]
        open_year = year or (years[0].year if years else None)
        months = self.volumes.of_year(open_year) if self.volumes.monthly and open_year else []
        return {
            "years": [(each, self.year_address(each)) for each in years],
            "months": [(each, self.address(Part(each, 1))) for each in months],
            "year": year,
            "open_year": open_year,
            "part": part,
        }

    def step(self, part: Part | None) -> dict | None:
        """Return a page beside another, with its address."""
        return part and {"part": part, "address": self.address(part)}


@public_page
def section(request, masthead, slug: str):
    """Show the newest pieces of a section, and its volumes."""
    column, bound = _section(masthead, slug)
    return _home(
        request, masthead, bound, "articles/section.html", _newest(masthead, Shelf.SECTION, column),
        section=column, here=column.slug, exactly_here=True,
    )  # fmt: skip


@public_page
def section_year(request, masthead, slug: str, year: int):
    """Show the months of a year of a section."""
    column, bound = _section(masthead, slug)
    years = [each.year for each in bound.volumes.years]
    if year not in years:
        raise Http404
    here = years.index(year)
    steps = [Volume(each, None, 0) for each in (*years[here - 1 : here], *years[here + 1 :][:1])]
    beside = {each.year < year: (each, bound.year_address(each)) for each in steps}
    return show(
        request, masthead, "articles/section_year.html", section=column, here=column.slug,
        bound=bound, shelf=bound.shelf(year), before=beside.get(True), after=beside.get(False),
        count=next(each.count for each in bound.volumes.years if each.year == year),
    )  # fmt: skip


@public_page
def section_month(request, masthead, slug: str, year: int, month: int, part: int = 1):
    """Show the pieces of a month of a section, the oldest first."""
    column, bound = _section(masthead, slug)
    page = _part(bound, year, month, part)
    return _volume(
        request, masthead, bound, page, _of_volume(masthead, Shelf.SECTION, column, page),
        subject=column.name, section=column, here=column.slug,
    )  # fmt: skip


@public_page
def correspondents(request, masthead):
    """Show everybody who has something published, by their units."""
    people = Correspondent.objects.for_page().alias(some=listed_somewhere(Shelf.NAME, masthead.at))
    return show(
        request, masthead, "articles/correspondents.html",
        people=list(people.exclude(some=None)),
    )  # fmt: skip


@public_page
def correspondent(request, masthead, number: int):
    """Show the newest somebody has published; who has published nothing has no page."""
    person, bound = _correspondent(masthead, number)
    return _home(
        request, masthead, bound, "articles/correspondent.html",
        _newest(masthead, Shelf.NAME, person), person=person,
    )  # fmt: skip


@public_page
def correspondent_year(request, masthead, number: int, year: int, part: int = 1):
    """Show what somebody published in a year, the oldest first."""
    person, bound = _correspondent(masthead, number)
    page = _part(bound, year, None, part)
    return _volume(
        request, masthead, bound, page, _of_volume(masthead, Shelf.NAME, person, page),
        subject=person.name, person=person,
    )  # fmt: skip


@public_page
def tags(request, masthead):
    """Show the places, people and topics that something published is about."""
    about = Tag.objects.alias(some=listed_somewhere(Shelf.TAG, masthead.at)).exclude(some=None)
    return show(request, masthead, "articles/tags.html", tags=list(about))


@public_page
def tag(request, masthead, number: int):
    """Show the newest about a place, a person or a topic."""
    about, bound = _tag(masthead, number)
    return _home(
        request, masthead, bound, "articles/tag.html", _newest(masthead, Shelf.TAG, about),
        tag=about,
    )  # fmt: skip


@public_page
def tag_year(request, masthead, number: int, year: int, part: int = 1):
    """Show what was published about something in a year, the oldest first."""
    about, bound = _tag(masthead, number)
    page = _part(bound, year, None, part)
    return _volume(
        request, masthead, bound, page, _of_volume(masthead, Shelf.TAG, about, page),
        subject=about.name, tag=about,
    )  # fmt: skip


@public_page
def corrections(request, masthead):
    """Show the newest corrections of pieces that can be read, and their volumes."""
    signed = Correction.objects.of_live_pieces(masthead.at)
    bound = _corrections(signed)
    rows = signed.for_list()[:PER_PAGE] if bound.volumes.total else []
    return _home(request, masthead, bound, "articles/corrections.html", rows, here="corrections")


@public_page
def corrections_year(request, masthead, year: int, part: int = 1):
    """Show the corrections of a year, the oldest first."""
    signed = Correction.objects.of_live_pieces(masthead.at)
    bound = _corrections(signed)
    page = _part(bound, year, None, part)
    rows = signed.for_list().signed_between(page.volume.first, page.volume.end).oldest_first()
    return _volume(
        request, masthead, bound, page, rows[page.rows], here="corrections", corrections=True
    )


def _section(masthead, slug: str) -> tuple[Section, Bound]:
    counted = Section.objects.annotate(counts=listed_by_month(Shelf.SECTION, masthead.at))
    found = get_object_or_404(counted, slug=slug)
    volumes = Volumes(found.counts, monthly=True)
    of_year, of_month = "articles:section_year", "articles:section_month"
    return found, Bound(volumes, found.get_absolute_url(), of_year, of_month, (slug,))


def _correspondent(masthead, number: int) -> tuple[Correspondent, Bound]:
    people = Correspondent.objects.for_page()
    return _by_year(masthead, people, Shelf.NAME, number, "articles:correspondent_year")


def _tag(masthead, number: int) -> tuple[Tag, Bound]:
    return _by_year(masthead, Tag.objects.all(), Shelf.TAG, number, "articles:tag_year")


def _by_year(masthead, rows, shelf: Shelf, number: int, of_year: str):
    """Return somebody or something with pieces, bound by year; who has none has no page."""
    counted = rows.annotate(counts=listed_by_month(shelf, masthead.at))
    found = get_object_or_404(counted, pk=number)
    if not found.counts:
        raise Http404
    volumes = Volumes(found.counts, monthly=False)
    return found, Bound(volumes, found.get_absolute_url(), of_year, of_year, (number,))


def _corrections(signed) -> Bound:
    volumes = Volumes(list(signed.by_month()), monthly=False)
    of_year = "articles:corrections_year"
    return Bound(volumes, reverse("articles:corrections"), of_year, of_year)


def _newest(masthead, shelf: Shelf, row):
    newest = Listing.objects.live(masthead.at).on(shelf, row.pk).newest_first()[:PER_PAGE]
    return Article.objects.live(masthead.at).with_keys(newest.pieces()).newest_first().for_list()


def _of_volume(masthead, shelf: Shelf, row, page: Part):
    inside = Listing.objects.live(masthead.at).on(shelf, row.pk)
    inside = inside.out_between(page.volume.first, page.volume.end).oldest_first()[page.rows]
    return Article.objects.live(masthead.at).with_keys(inside.pieces()).oldest_first().for_list()


def _part(bound: Bound, year: int, month: int | None, number: int) -> Part:
    page = bound.volumes.part(year, month, number)
    if page is None:
        raise Http404
    return page


def _home(request, masthead, bound: Bound, template: str, rows, **context):
    """Show the first page of a list; a page by its former number leads to the volume it was."""
    if "page" in request.GET:
        return _by_former_number(request, bound)
    return show(
        request, masthead, template, rows=list(rows), bound=bound, shelf=bound.shelf(), **context
    )


def _by_former_number(request, bound: Bound) -> HttpResponseRedirect:
    """Lead from ``?page=3``, which counted from the newest, to where those pieces stand now."""
    number = page_number(request.GET["page"])
    if number == 1:
        return HttpResponseRedirect(bound.home)
    page = bound.volumes.holding((number - 1) * PER_PAGE)
    if page is None:
        raise Http404
    return HttpResponseRedirect(bound.address(page))


def _volume(request, masthead, bound: Bound, page: Part, rows, **context):
    before, after = bound.volumes.around(page)
    return show(
        request, masthead, "articles/volume.html", rows=list(rows), bound=bound, page=page,
        shelf=bound.shelf(page.volume.year, page), before=bound.step(before),
        after=bound.step(after), **context,
    )  # fmt: skip
