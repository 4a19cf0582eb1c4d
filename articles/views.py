"""The page of a piece."""

from django.http import Http404

from articles.models import Article
from articles.prepared import Question
from articles.public_pages import public_page, show

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


def _slug(piece: Article) -> str:
    return piece.sealed.section.slug if piece.sealed.section else ""
