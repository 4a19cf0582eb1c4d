"""An archive of invented pieces by the thousand, the same for the same number every time.

For measuring, in a transaction that is taken back. Written beside the verbs and the guards, as a
replica would: ten thousand pieces through three rounds would take the better part of an hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from random import Random

from django.db import connection
from django.utils import timezone

from articles.markup import from_paragraphs
from articles.models import (
    Act,
    Article,
    Byline,
    Correspondent,
    Release,
    Review,
    Round,
    Section,
    Signature,
    Version,
    VersionByline,
)  # fmt: skip
from issues.models import Issue, Page, Placement
from newsroom.demo import stock
from newsroom.people.models import User

SEED = 20_231_208
PER_ISSUE, PER_PAGE = 12, 3
BATCH = 1000
# Keys far beyond those in use: pieces and their versions point to each other.
FIRST = 100_000_000
# Of a hundred pieces so many are being written and wait in review; the others are out.
DRAFTS, WAITING = 2, 4
WORDS = 600  # Han characters of a piece, on average


@dataclass(frozen=True)
class Cast:
    """Who does what in the archive: rows that are there already."""

    author: User
    signers: list[User]
    rounds: list[Round]
    sections: list[Section]
    names: list[Correspondent]

    @classmethod
    def of(cls, people: dict[str, User]) -> "Cast":
        """Take the demo's people and lists."""
        return cls(
            people["issues"],
            [people[name] for name in ("editor", "deskhead", "chief")],
            list(Round.objects.in_force()),
            list(Section.objects.in_use()),
            list(Correspondent.objects.order_by("pk")),
        )


def fill(pieces: int, cast: Cast) -> list[Article]:
    """Make so many pieces with versions, reviews, signatures, acts and issues. Return them.

    Must run in a transaction. Needs a superuser of the database, as the embedded one has.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        articles = list(_written(pieces, cast))
        Article.objects.bulk_create(articles, BATCH)
        Byline.objects.bulk_create(
            (Byline(article=a, correspondent=name) for a, name in _named(articles, cast)), BATCH
        )
        _reviewed(articles, cast)
        _printed([a for a in articles if a.status == Article.Status.APPROVED])
        Article.objects.bulk_update(articles, ["release", "moved_at", "filed_at"], BATCH)
        cursor.execute("SET LOCAL session_replication_role = origin")
        for batch in range(0, len(articles), BATCH):
            keys = [article.pk for article in articles[batch : batch + BATCH]]
            cursor.execute("SELECT articles_search_again(%s)", [keys])
        cursor.execute("ANALYZE")
    return articles


def _named(articles, cast):
    return zip(articles, cycle(cast.names), strict=False)


def _written(pieces: int, cast: Cast) -> Iterator[Article]:
    """Yield pieces whose sentences and headlines are drawn from the demo's editions."""
    chance, now = Random(SEED), timezone.now()
    sentences, headlines = _material()
    for number in range(pieces):
        share = number % 100
        waits = DRAFTS <= share < DRAFTS + WAITING
        status = "draft" if share < DRAFTS else "in_review" if waits else "approved"
        text, length = [], 0
        wanted = chance.randint(WORDS // 2, WORDS * 3 // 2)
        while length < wanted:
            text.append(chance.choice(sentences))
            length += len(text[-1])
        in_round = cast.rounds[number // 100 % len(cast.rounds)] if waits else None
        yield Article(
            pk=FIRST + number,
            sealed_id=FIRST + number if status == "approved" else None,
            headline=f"{chance.choice(headlines)[:40]}之{number + 1}",
            body=from_paragraphs(["".join(part) for part in _paragraphs(text)]),
            section=chance.choice(cast.sections),
            filed_by=cast.author,
            status=status,
            round=in_round,
            due_at=now + timedelta(hours=number % 48 - 8) if waits else None,
            moved_at=now - timedelta(minutes=7 * number),
            filed_at=now - timedelta(minutes=7 * number + 300),
        )


def _material() -> tuple[list[str], list[str]]:
    pieces = stock.read("loose")
    bodies = "\n".join(piece["text"]["body"] for piece in pieces)
    day = timezone.localdate()
    texts = [stock.Edition.of(name, day).text for name in ("main", "back", "next", "next2")]
    lines = [stock.dated(bodies, day), *texts]
    sentences = [s + "。" for text in lines for s in text.replace("\n", "").split("。") if s]
    return sentences, [piece["text"]["headline"].replace("|", "") for piece in pieces]


def _paragraphs(sentences: list[str]) -> Iterator[list[str]]:
    rest = iter(sentences)
    while part := list(islice(rest, 4)):
        yield part


def _reviewed(articles: list[Article], cast: Cast) -> None:
    """Give what was submitted its version, its passage, its signatures and its acts."""
    submitted = [a for a in articles if a.status != Article.Status.DRAFT]
    versions = [_version(article, cast) for article in submitted]
    Version.objects.bulk_create(versions, BATCH)
    VersionByline.objects.bulk_create(
        (
            VersionByline(version=v, correspondent=name, name=name.name, credit="text", position=0)
            for v, name in zip(versions, cycle(cast.names), strict=False)
        ),
        BATCH,
    )
    reviews = [
        Review(
            article=version.article,
            route=cast.rounds[0].route,
            submitted=version,
            **({"ended_at": version.sealed_at, "outcome": "approved"} if version.sealed_at else {}),
        )
        for version in versions
    ]
    Review.objects.bulk_create(reviews, BATCH)
    signatures = [each for review in reviews for each in _signatures(review, cast)]
    Signature.objects.bulk_create(signatures, BATCH)
    Act.objects.bulk_create((_act(each) for each in signatures), BATCH)


def _version(article: Article, cast: Cast) -> Version:
    sealed = article.status == Article.Status.APPROVED
    return Version(
        pk=article.pk, article=article, number=1, reason="submitted", made_by=cast.author,
        kind=article.kind,
        fingerprint=f"{article.pk:064x}", section=article.section, headline=article.headline,
        body=article.body, html=article.body, characters=article.characters,
        **({"basis": "rounds", "sealed_at": article.moved_at} if sealed else {}),
    )  # fmt: skip


def _signatures(review: Review, cast: Cast) -> Iterator[Signature]:
    """Yield a signature for every round that the piece has passed."""
    here = review.article.round
    for in_round, signer in zip(cast.rounds, cast.signers, strict=False):
        if here is None or in_round.position < here.position:
            yield Signature(review=review, round=in_round, version=review.submitted, signer=signer)


def _act(signature: Signature) -> Act:
    return Act(
        article=signature.review.article, verb="sign", by=signature.signer,
        round=signature.round, version=signature.version,
    )  # fmt: skip


def _printed(articles: list[Article]) -> None:
    """Print pieces, the newest in yesterday's issue, in live issues of one day each."""
    day, now = timezone.localdate(), timezone.now()
    parts = [articles[at : at + PER_ISSUE] for at in range(0, len(articles), PER_ISSUE)]
    releases = Release.objects.bulk_create(
        Release(publish_at=now - timedelta(days=back + 1)) for back in range(len(parts))
    )
    issues = Issue.objects.bulk_create(
        Issue(
            date=day - timedelta(days=back + 1), sequence=99, number=10_000_000 - back,
            status="closed", closed_at=release.publish_at, release=release,
        )
        for back, release in enumerate(releases)
    )  # fmt: skip
    pages = Page.objects.bulk_create(
        Page(issue=issue, number=number, name="要闻")
        for issue in issues
        for number in range(1, PER_ISSUE // PER_PAGE + 1)
    )
    of_issue = PER_ISSUE // PER_PAGE
    placements = []
    for at, part in enumerate(parts):
        for place, article in enumerate(part):
            article.release = releases[at]
            page = pages[at * of_issue + place // PER_PAGE]
            placements.append(Placement(page=page, article=article, position=place % PER_PAGE))
    Placement.objects.bulk_create(placements, BATCH)
