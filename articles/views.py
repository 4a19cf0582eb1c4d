"""The pages of articles, sections, correspondents and corrections."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from articles.models import Article, Correction, Correspondent, Section
from articles.prepared import Question
from articles.public_pages import leaf, public_page, show

AT_ITS_ADDRESS = Question(lambda at, number: Article.objects.at_its_address(at).numbered(number))


@public_page
def article(request, masthead, number: int):
    """Show a piece; one that was withdrawn leaves its tombstone."""
    piece = AT_ITS_ADDRESS.first(masthead.at, number)
    if piece is None:
        raise Http404
    if piece.withdrawn_at is not None:
        return show(request, masthead, "410.html", status=410, piece=piece)
    return show(request, masthead, "articles/article.html", here=_slug(piece), piece=piece)


@public_page
def section(request, masthead, slug: str):
    """List the pieces of a section, the newest first."""
    column = get_object_or_404(Section, slug=slug)
    pieces = Article.objects.live(masthead.at).in_section(column).newest_first().for_list()
    context = {"section": column, "here": column.slug, "exactly_here": True}
    return show(request, masthead, "articles/section.html", **context, **leaf(request, pieces))


@public_page
def correspondent(request, masthead, number: int):
    """List what somebody has published; who has published nothing has no page."""
    person = get_object_or_404(Correspondent.objects.for_page(), pk=number)
    pieces = Article.objects.live(masthead.at).by_correspondent(person).newest_first().for_list()
    page = leaf(request, pieces)
    if not page["rows"]:
        raise Http404
    return show(request, masthead, "articles/correspondent.html", person=person, **page)


@public_page
def corrections(request, masthead):
    """List the corrections of pieces that can be read, the newest first."""
    signed = Correction.objects.of_live_pieces(masthead.at).for_list()
    return show(
        request, masthead, "articles/corrections.html", here="corrections", **leaf(request, signed)
    )


def _slug(piece: Article) -> str:
    return piece.sealed.section.slug if piece.sealed.section else ""
