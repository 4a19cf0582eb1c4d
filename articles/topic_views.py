"""The pages of the site and its topics: what lasts at an address with a name."""

from dataclasses import dataclass, field

from django.http import Http404

from articles.looks import inside
from articles.markup import chapters, headings, trusted
from articles.models import Article, TopicCourse, TopicEntry
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
    entries = (
        TopicEntry.objects.live(masthead.at)
        .of_topic(piece.pk)
        .under(headings(piece.sealed.html), piece.order != TopicCourse.Order.EDITORS)
        .for_list()
    )
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


@dataclass
class Chapter:
    """A heading of a topic with what is said under it, and the pieces gathered there."""

    heading: str
    html: str
    entries: list[TopicEntry] = field(default_factory=list)


def told(html: str, entries: list[TopicEntry], number: int) -> list[Chapter]:
    """Return the chapters a page of a topic shows, the introduction first; of that page alone.

    What is said stands on the first page. A piece whose heading the signed text does not have
    comes last.
    """
    found = [Chapter(heading, trusted(inside(text))) for heading, text in chapters(html)]
    if number > 1:
        found = [Chapter(chapter.heading, "") for chapter in found]
    rest = Chapter("", "")
    by_heading = {chapter.heading: chapter for chapter in found[1:]}
    for entry in entries:
        by_heading.get(entry.heading, rest).entries.append(entry)
    shown = [chapter for chapter in found[1:] if chapter.entries or chapter.html]
    return [found[0], *shown, *([rest] if rest.entries else [])]
