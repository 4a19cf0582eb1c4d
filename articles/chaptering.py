"""How a topic is told: the chapters of its text, and under each the pieces gathered there."""

from dataclasses import dataclass, field

from articles.looks import inside
from articles.markup import chapters, headings, trusted
from articles.models import TopicCourse, TopicEntry


def gathered(topic: int, html: str, order: str | None, at):
    """Return what a topic, given by its key, shows at an instant, in the order of its text."""
    newest_first = order != TopicCourse.Order.EDITORS
    entries = TopicEntry.objects.live(at).of_topic(topic)
    return entries.under(headings(html), newest_first).for_list()


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
