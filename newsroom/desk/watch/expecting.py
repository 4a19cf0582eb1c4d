"""What residents should get at an instant, address by address, asked of the database alone.

At most forty addresses at once. What changed last is always among them, what was amiss before too;
of the rest each check takes others, so that all come by in turn.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape

from django.urls import reverse

from articles.models import Article, Correction, VersionPhoto
from issues.models import Issue, Placement

LATELY = timedelta(days=1)
READ = 60  # rows that are looked at for a kind
# Addresses of each kind in one check; forty together.
SHARES = {"front": 1, "archive": 1, "issue": 1, "page": 8, "piece": 12, "photo": 4, "gone": 5,
          "early": 8}  # fmt: skip
TURN = 300  # seconds, after which the rest is taken from another place
_BLOCK = re.compile(r"<(p|h[2-6]|li)\b[^>]*>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Expectation:
    """How an address should answer.

    ``marks`` stand in its source, ``words`` in its text without blanks, ``absent`` must not stand
    in its source. ``about`` names it for a sentence, ``since`` is when it last changed.
    """

    kind: str
    path: str
    status: int = 200
    marks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    about: dict = field(default_factory=dict, compare=False)
    since: datetime | None = None


def expectations(at: datetime, *, pressing: Iterable[str] = ()) -> list[Expectation]:
    """Return what is to be asked at an instant; paths in ``pressing`` come before others."""
    found: dict[str, list[Expectation]] = {kind: [] for kind in SHARES}
    for each in all_expectations(at):
        found[each.kind].append(each)
    turn, urgent = int(at.timestamp()) // TURN, set(pressing)
    return [
        each for kind, share in SHARES.items() for each in some(found[kind], share, turn, urgent)
    ]


def some(found: list[Expectation], share: int, turn: int, urgent: set[str]) -> list[Expectation]:
    """Return a share of what was found: what is urgent, the newest, others in turn."""
    if len(found) <= share:
        return found
    chosen = [each for each in found if each.path in urgent][:share]
    rest = [each for each in found if each.path not in urgent]
    room = share - len(chosen)
    newest, others = rest[: room // 2], rest[room // 2 :]
    room -= len(newest)
    start = turn * max(room, 1) % len(others)
    return [*chosen, *newest, *(others[start:] + others[:start])[:room]]


def expectation_at(path: str, at: datetime) -> Expectation | None:
    """Return what one path should answer at an instant, or None when it is expected no more."""
    return next((each for each in all_expectations(at) if each.path == path), None)


def all_expectations(at: datetime) -> Iterator[Expectation]:
    """Go through everything that might be asked, the newest of each kind first."""
    latest = Issue.objects.live(at).newest_first().select_related("release").first()
    yield from _of_the_paper(latest, at)
    pieces = list(_read_lately(latest, at))
    yield from _pieces(pieces)
    yield from _photos(pieces)
    yield from _gone(at)
    yield from _early(at)


# What can be read


def _of_the_paper(latest: Issue | None, at: datetime) -> Iterator[Expectation]:
    since = latest.release.publish_at if latest else None
    front = (f'href="{latest.get_absolute_url()}"',) if latest else ()
    about = called(latest) if latest else {}
    lately_gone = tuple(_link(article) for article in _withdrawn_lately(at))
    marks = (*front, *(_link(article) for article in _out_alone(latest, at)))
    yield Expectation("front", reverse("issues:front"), 200, marks, absent=lately_gone, since=since)
    yield Expectation("archive", reverse("issues:archive"), 200, front, since=since)
    if latest is None:
        return
    placed = list(Placement.objects.of_issue(latest).select_related("page", "article__release"))
    for kind, path, here in _leaves(latest, placed):
        live = [each.article for each in here if each.article.is_live(at)]
        gone = [each.article for each in here if each.article.withdrawn_at is not None]
        yield Expectation(
            kind, path, 200,
            marks=tuple(map(_link, live)), absent=tuple(map(_link, gone)), about=about | {
                "page": here[0].page.number if kind == "page" else None,
            },
            since=max([since, *(article.withdrawn_at for article in gone)]),
        )  # fmt: skip


def _out_alone(latest: Issue | None, at: datetime) -> list[Article]:
    """Return the newest piece that went out alone since the latest issue, if any did."""
    if latest is None:
        return []
    fresh = Article.objects.live(at).outside_issues().since(latest.release.publish_at)
    return fresh.standing_nowhere_in(Placement.objects.live(at)).newest_first()[:1]


def _leaves(issue: Issue, placed: list[Placement]) -> Iterator[tuple[str, str, list[Placement]]]:
    yield "issue", issue.get_absolute_url(), placed
    for number in dict.fromkeys(each.page.number for each in placed):
        path = reverse("issues:page", args=[issue.address, number])
        yield "page", path, [each for each in placed if each.page.number == number]


def _read_lately(latest: Issue | None, at: datetime) -> Iterator[Article]:
    """Return what went out or changed in the last day, then the rest of the latest issue."""
    live = Article.objects.live(at).select_related("sealed", "release")
    fresh = list((live.since(at - LATELY) | live.sealed_since(at - LATELY)).newest_first()[:READ])
    yield from fresh
    if latest is not None:
        here = live.standing_in(Placement.objects.of_issue(latest)).newest_first()[:READ]
        yield from (article for article in here if article not in fresh)


def _pieces(articles: list[Article]) -> Iterator[Expectation]:
    corrections = defaultdict(list)
    for correction in Correction.objects.public().filter(article__in=articles):
        corrections[correction.article_id].append(correction)
    for article in articles:
        yield _piece(article, corrections[article.pk])


def _piece(article: Article, corrections: list[Correction]) -> Expectation:
    sealed = article.sealed
    words = [
        bare(sealed.headline),
        *(bare(block[2]) for block in _BLOCK.finditer(sealed.html)),
        *(bare(correction.right) for correction in corrections),
    ]
    changed = [article.release.publish_at, sealed.sealed_at]
    changed += [correction.signed_at for correction in corrections]
    return Expectation(
        "piece", article.get_absolute_url(), 200,
        words=tuple(filter(None, words)), about={"title": article.public_title},
        since=max(filter(None, changed)),
    )  # fmt: skip


def _photos(pieces: list[Article]) -> Iterator[Expectation]:
    versions = {article.sealed_id: article for article in pieces}
    shown = VersionPhoto.objects.filter(version__in=versions).order_by("-version", "position")
    for photo in shown[:READ]:
        piece = versions[photo.version_id]
        about = {"title": piece.public_title}
        since = max(piece.release.publish_at, piece.sealed.sealed_at)
        yield Expectation("photo", _file(photo), 200, about=about, since=since)


# What cannot


def _gone(at: datetime) -> Iterator[Expectation]:
    for article in _withdrawn_lately(at):
        yield Expectation(
            "gone", article.get_absolute_url(), 410,
            about={"title": article.public_title}, since=article.withdrawn_at,
        )  # fmt: skip


def _withdrawn_lately(at: datetime) -> Iterable[Article]:
    gone = Article.objects.gone(at).select_related("sealed").dated("withdrawn_at", at - LATELY)
    return gone.order_by("-withdrawn_at")[:READ]


def _early(at: datetime) -> Iterator[Expectation]:
    """What is not live yet, of the next two issues and of what goes out alone next."""
    coming = [*Issue.objects.to_come(at)[:2]]
    for issue in coming:
        yield Expectation("early", issue.get_absolute_url(), 404, about=called(issue))
    hidden = [
        *Article.objects.scheduled_alone(at)[:2],
        *Article.objects.standing_in(Placement.objects.of_issues([each.pk for each in coming]))
        .unseen(at)
        .order_by("-changed_at")[:READ],
    ]
    for article in dict.fromkeys(hidden):
        yield Expectation("early", article.get_absolute_url(), 404, about={"title": article.title})
    yield from _hidden_photos(hidden, at)


def _hidden_photos(pieces: list[Article], at: datetime) -> Iterator[Expectation]:
    sealed = [article.sealed_id for article in pieces if article.sealed_id]
    titles = {article.sealed_id: article.title for article in pieces}
    for photo in VersionPhoto.objects.filter(version__in=sealed)[:2]:
        if not VersionPhoto.objects.public(photo.digest, at).exists():
            about = {"title": titles[photo.version_id], "photo": True}
            yield Expectation("early", _file(photo), 404, about=about)


# Words


def called(issue: Issue) -> dict:
    """Return what a sentence names an issue by."""
    return {"number": issue.number, "day": issue.address}


def _link(article: Article) -> str:
    return f'href="{article.get_absolute_url()}"'


def _file(photo: VersionPhoto) -> str:
    width = min(photo.widths or [photo.width])
    return reverse("articles:photo", args=[photo.digest, f"{width}.webp"])


def bare(html: str) -> str:
    """Return the words of some HTML without tags and blanks, as two renderings have them alike."""
    return "".join(unescape(_TAG.sub("", html)).split())
