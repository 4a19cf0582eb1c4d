"""Which piece stands where on the front page. Works on placed pieces, asks nothing."""

from dataclasses import dataclass, field
from itertools import groupby

SECONDS = 3
COLUMNS = 6
IN_A_COLUMN = 4
PICTURES = 3


@dataclass
class Front:
    """The front page: its lead, what stands beside it, columns of sections, pictures."""

    lead: object = None
    seconds: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    pictures: list = field(default_factory=list)


def by_page(placements: list) -> dict[int, list]:
    """Return placements, in the order of pages, under the numbers of their pages; leads first."""
    return {
        number: sorted(some, key=lambda placement: placement.weight != "lead")
        for number, some in groupby(placements, key=lambda placement: placement.page.number)
    }


def arrange(today: list, earlier: list, sections: list[dict]) -> Front:
    """Arrange the pieces of the latest issue, and of those before it where they fill a column."""
    pages = by_page(today)
    stories = [p for some in pages.values() for p in some if not _is_picture(p)]
    front = Front(lead=next(iter(stories or today), None))
    rest = [p for p in stories if p is not front.lead]
    front.seconds = _seconds(rest, front.lead)
    taken = {p.article_id for p in (front.lead, *front.seconds) if p}
    left = [p for p in _once([*rest, *earlier]) if p.article_id not in taken]
    front.columns = _columns([p for p in left if not _is_picture(p)], sections)
    front.pictures = [p for p in _once([*today, *earlier]) if _is_picture(p) and p.pictures]
    front.pictures = [p for p in front.pictures if p is not front.lead][:PICTURES]
    return front


def _is_picture(placement) -> bool:
    return placement.article.sealed.kind == "photo_story"


def _once(placements: list) -> list:
    """Return placements without later ones of a piece that came already: a reprint."""
    return list({p.article_id: p for p in reversed(placements)}.values())[::-1]


def _seconds(rest: list, lead) -> list:
    """Return what stands beside the lead: the next piece of its page, then the other leads."""
    beside = [p for p in rest if p.page_id == lead.page_id][:1] if lead else []
    heads = [p for p in rest if p.weight == "lead"]
    return _once([*beside, *heads, *rest])[:SECONDS]


def _columns(pieces: list, sections: list[dict]) -> list[dict]:
    """Return sections that have pieces, each headed by its first piece with a picture."""
    columns = []
    for section in sections:
        mine = [p for p in pieces if _slug(p) == section["slug"]][:IN_A_COLUMN]
        mine.sort(key=lambda placement: not placement.pictures)
        if mine:
            columns.append({**section, "first": mine[0], "others": mine[1:]})
    return columns[:COLUMNS]


def _slug(placement) -> str:
    section = placement.article.sealed.section
    return section.slug if section else ""
