"""Which piece stands where on the front page. Works on placed pieces, asks nothing."""

from dataclasses import dataclass, field
from itertools import groupby

SECONDS = 3
ABREAST = 3  # columns that stand beside each other
ROWS = 2
IN_A_COLUMN = 4
PICTURES = 3
NOTICES = 6
STORIES = {"news", "feature"}
# What has a place of its own on the front page, and none in the column of its section.
APART = {"photo_story", "notice", "correction_notice"}


@dataclass
class Front:
    """The front page: its lead, what stands beside it, columns of sections, pictures, notices."""

    lead: object = None
    seconds: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    pictures: list = field(default_factory=list)
    notices: list = field(default_factory=list)


def by_page(placements: list) -> dict[int, list]:
    """Return placements, in the order of pages, under the numbers of their pages; leads first."""
    return {
        number: sorted(some, key=lambda placement: placement.weight != "lead")
        for number, some in groupby(placements, key=lambda placement: placement.page.number)
    }


def arrange(today: list, earlier: list, sections: list[dict]) -> Front:
    """Arrange the pieces of the latest issue, and of those before it where they fill a column."""
    pages = by_page(today)
    in_order = [p for some in pages.values() for p in some]
    stories = [p for p in in_order if _is_story(p)]
    front = Front(lead=next(iter(stories or in_order), None))
    rest = [p for p in in_order if p is not front.lead and not _is_picture(p)]
    front.seconds = _seconds([p for p in rest if _is_story(p)], front.lead)
    taken = {p.article_id for p in (front.lead, *front.seconds) if p}
    left = [p for p in _once([*rest, *earlier]) if p.article_id not in taken]
    columns = _columns([p for p in left if p.article.sealed.kind not in APART], sections)
    front.columns = _whole_rows(_without_the_leads(columns, front.lead))
    front.notices = [p for p in left if p.article.sealed.kind == "notice"][:NOTICES]
    front.pictures = [p for p in _once([*today, *earlier]) if _is_picture(p) and p.pictures]
    front.pictures = [p for p in front.pictures if p is not front.lead][:PICTURES]
    return front


def _is_picture(placement) -> bool:
    return placement.article.sealed.kind == "photo_story"


def _is_story(placement) -> bool:
    """Say whether a piece can stand at the top: briefs, notices and pictures do not."""
    sealed = placement.article.sealed
    return sealed.kind in STORIES and bool(sealed.headline)


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
    return columns


def _without_the_leads(columns: list[dict], lead) -> list[dict]:
    """Return columns without the section of the lead, which has the top, if enough remain."""
    others = [column for column in columns if lead is None or column["slug"] != _slug(lead)]
    return others if len(others) >= ABREAST else columns


def _whole_rows(columns: list[dict]) -> list[dict]:
    """Return as many columns as fill their rows; fewer than one row as they are."""
    full = min(len(columns) // ABREAST, ROWS) * ABREAST
    return columns[: full or ABREAST]


def _slug(placement) -> str:
    section = placement.article.sealed.section
    return section.slug if section else ""
