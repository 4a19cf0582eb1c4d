"""The pages of the site and its topics: what lasts at an address with a name."""

from django.http import Http404

from articles.chaptering import gathered, told
from articles.models import Article
from articles.public_pages import leaf, public_page, show


@public_page
def page(request, masthead, slug: str):
    """Show a page of the site; one that was withdrawn leaves its tombstone."""
    piece = _at_name(Article.objects.pages(), masthead, slug)
    if piece.withdrawn_at is not None:
        return show(request, masthead, "410.html", status=410, piece=piece)
    return show(request, masthead, "articles/page.html", page_slug=slug, piece=piece)


@public_page
def topics(request, masthead):
    """List the topics, those that have ended last."""
    found = Article.objects.public(masthead.at).topics().for_topics(masthead.at)
    context = {"here": "topics", "exactly_here": True, **leaf(request, found)}
    return show(request, masthead, "articles/topics.html", **context)


@public_page
def topic(request, masthead, slug: str):
    """Show a topic: its introduction, and under each heading the live pieces it gathers."""
    piece = _at_name(Article.objects.topics(), masthead, slug)
    if piece.withdrawn_at is not None:
        return show(request, masthead, "410.html", status=410, piece=piece)
    entries = gathered(piece.pk, piece.sealed.html, piece.order, masthead.at)
    found = leaf(request, entries)
    context = {
        "here": "topics",
        "piece": piece,
        "chapters": told(piece.sealed.html, found["rows"], found["number"]),
    }
    return show(request, masthead, "articles/topic.html", **context, **found)


def _at_name(pieces, masthead, slug: str) -> Article:
    piece = pieces.named(slug).whole(masthead.at).with_gathered(masthead.at).first()
    if piece is None:
        raise Http404
    return piece
