"""What a resident's search finds at an instant: asked in one statement, lines in another."""

import json
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import OperationalError, connection
from django.db.models import F, OuterRef
from psycopg.errors import QueryCanceled

from articles.kinds import Lasting
from articles.models import Article, VersionPhoto
from articles.wishes import Term, Wish, name_lexeme

PER_PAGE = 20
MOST_PAGES = 50
# Above it nothing is counted; articles_public_tally knows it too.
MOST_COUNTED = 1000
PATIENCE = 2000  # milliseconds a search may take in the database
FOREVER = ("-infinity", "infinity")
# A search sees to its own time: the limit ends with it, whatever else the connection does.
_SEARCH = """
SET LOCAL statement_timeout = {patience};
SELECT articles_public_search(%s::jsonb, %s::text[], %s);
SET LOCAL statement_timeout TO DEFAULT
"""
_ALIKE = """
SELECT name FROM articles_correspondent
 WHERE name ~ %s AND EXISTS (SELECT FROM articles_public_newest(
           ('''@b' || articles_searchable(articles_tight(name)) || '''')::tsquery,
           '{}', '{}', %s, '-infinity', 'infinity', 1))
 ORDER BY name LIMIT 5
"""


class TooCostlyError(Exception):
    """A search took longer than anybody should wait."""


@dataclass(frozen=True)
class Ask:
    """All that a search depends on. ``until`` is the first moment that is too late."""

    wish: Wish
    at: datetime
    by: str = ""
    sections: tuple[int, ...] = ()
    when: str = ""
    since: datetime | None = None
    until: datetime | None = None
    newest: bool = False
    page: int = 1

    def __bool__(self) -> bool:
        return bool(self.wish.lexemes or (self.by_lexeme and not self.wish.terms))

    @property
    def by_lexeme(self) -> str:
        """What the index has for the name that is asked for."""
        return name_lexeme(self.by)

    @property
    def by_date(self) -> bool:
        """Whether the newest come first; without words there is nothing to weigh."""
        return self.newest or not self.wish.lexemes

    @property
    def is_first(self) -> bool:
        """Whether the first page is wanted."""
        return self.page == 1

    @property
    def is_narrowed(self) -> bool:
        """Whether less than everything is searched; pages and topics have no day and no section."""
        return bool(self.by or self.sections or self.when or self.since or self.until)

    @property
    def ages(self) -> tuple[datetime, datetime]:
        """A year and a month ago."""
        return _months_before(self.at, 12), _months_before(self.at, 1)

    @property
    def spec(self) -> dict:
        """The same for the database."""
        asked = " & ".join(filter(None, [self.wish.lexemes, self.by_lexeme]))
        sections = " | ".join(f"'@s{key}'" for key in self.sections)
        since, until = self.since or FOREVER[0], self.until or FOREVER[1]
        year_ago, month_ago = self.ages
        bounds = {
            "month": (month_ago, until),
            "year": (year_ago, until),
            "older": (since, year_ago),
        }
        low, high = bounds.get(self.when, (since, until))
        return {
            "lexemes": asked,
            "narrow": f"{asked} & ({sections})" if sections else asked,
            "narrows": bool(sections or self.when),
            "headline": self.wish.in_zone("^"),
            "deck": self.wish.in_zone("~"),
            "stretches": self.wish.stretches,
            "shunned": self.wish.shunned,
            "phrases": self.wish.phrases,
            "lasting": self.is_first and not self.is_narrowed,
            "order": "newest" if self.by_date else "best",
            "wanted": self.page * PER_PAGE + 1,
            "since": since,
            "until": until,
            "narrow_since": low if self.since is None or low == since else max(low, self.since),
            "narrow_until": high if self.until is None or high == until else min(high, self.until),
        }


@dataclass(frozen=True)
class Lasts:
    """A topic or a page of the site: its kind, its name in the address, what it says first."""

    kind: str
    slug: str
    title: str
    opening: str

    @property
    def is_topic(self) -> bool:
        """Whether it gathers pieces."""
        return self.kind == Lasting.TOPIC


@dataclass
class Found:
    """What was found: the lines of a page, and how many there are in all."""

    ask: Ask
    rows: list = field(default_factory=list)
    # How many, or None beyond what is counted; whether it is no more than about right.
    count: int | None = 0
    about: bool = False
    sections: dict[int, int] | None = None
    spans: dict[str, int] | None = None
    has_next: bool = False
    # Where texts remained unread: the moment up to which was searched.
    searched_to: datetime | None = None
    # The newest or best that are listed end here, and there are more.
    ends: bool = False
    # Instead of the wish, its words; or single words that would find something.
    parted: bool = False
    tries: list[Term] = field(default_factory=list)
    last: datetime | None = None
    # Topics and pages whose title or introduction has it, beside the news and never counted.
    lasting: list[Lasts] = field(default_factory=list)


def find(ask: Ask) -> Found:
    """Return what is found. Raises TooCostlyError where it takes too long."""
    parted = ask.wish.in_words()
    asks = [ask, replace(ask, wish=parted)] if parted else [ask]
    tries = ask.wish.shorter()
    answer = _asked(asks, tries)
    lasting = [Lasts(*parts) for parts in answer["lasting"]]
    if answer["by"] is None:
        works = [term for term, there in zip(tries, answer["words"], strict=True) if there]
        return Found(ask, tries=works, lasting=lasting)
    used = asks[answer["by"]]
    found = Found(used, parted=answer["by"] > 0, lasting=lasting)
    _count(found, answer)
    _page(found, [(key, _moment(at)) for key, at in answer["hits"]])
    return found


def _asked(asks: list[Ask], tries: list[Term]) -> dict:
    specs = json.dumps([ask.spec for ask in asks], default=datetime.isoformat)
    words = [" & ".join(term.lexemes) for term in tries]
    try:
        with connection.cursor() as cursor:
            cursor.execute(_SEARCH.format(patience=PATIENCE), [specs, words, asks[0].at])
            cursor.nextset()
            return json.loads(cursor.fetchone()[0])
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooCostlyError from error
        raise


def _page(found: Found, hits: list[tuple[int | None, datetime]]) -> None:
    """Fill in the lines of a page: what is live by the one rule, in the order that was found."""
    if hits[-1][0] is None:
        found.searched_to = hits.pop()[1]
    start = (found.ask.page - 1) * PER_PAGE
    keys = [key for key, _at in hits[start : start + PER_PAGE]]
    found.has_next = len(hits) > start + PER_PAGE and found.ask.page < MOST_PAGES
    there = {piece.pk: piece for piece in _lines(keys, found.ask.at)} if keys else {}
    found.rows = [there[key] for key in keys if key in there]
    found.last = min((at for _key, at in hits[: start + PER_PAGE]), default=None)
    more = found.count is None or found.count > len(hits)
    at_end = len(hits) > start + PER_PAGE if found.ask.by_date else more
    found.ends = bool(found.rows) and not found.has_next and at_end


def _lines(keys: list[int], at: datetime):
    captions = VersionPhoto.objects.filter(version=OuterRef("sealed")).order_by("position")
    pieces = Article.objects.live(at).with_keys(keys).for_list()
    return pieces.annotate(
        whole=F("sealed__body"), captions=ArraySubquery(captions.values("caption"))
    )


def _count(found: Found, answer: dict) -> None:
    cells = answer["tally"]["cells"]
    if cells is None:
        counted = answer["narrowed"] or answer["tally"]
        exact = counted["cells"]
        sure = not (found.ask.wish.stretches or found.ask.wish.shunned)
        found.count = counted["n"] if exact is None else sum(n for _section, _age, n in exact)
        found.about = exact is None and not sure
        if found.count > MOST_COUNTED:
            found.count = None
        return
    ages = {"": (0, 1, 2), "month": (2,), "year": (1, 2), "older": (0,)}
    chosen = found.ask.sections

    def total(sections, when) -> int:
        return sum(
            n for section, age, n in cells
            if (not sections or section in sections) and age in ages[when]
        )  # fmt: skip

    found.count = total(chosen, found.ask.when)
    found.spans = {when: total(chosen, when) for when in ages}
    found.sections = {key: total((key,), found.ask.when) for key, _age, _n in cells}


def names_alike(wish: Wish, at: datetime) -> list[str]:
    """Return names under live pieces that differ from a query in one character; one statement."""
    words = wish.wanted[0].pattern if len(wish.wanted) == 1 else ""
    if not 2 <= len(words) <= 4 or words.isascii() or "|" in words:
        return []
    ways = [f"{words[:place]}.{words[place + 1 :]}" for place in range(len(words))]
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [f"^({'|'.join(ways)})$", at])
        return [name for (name,) in cursor.fetchall() if name != words]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _months_before(moment: datetime, months: int) -> datetime:
    moment = moment.astimezone(UTC)
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(
        year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1])
    )
