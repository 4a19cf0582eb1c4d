"""What the dry run finds: whether an issue could go out, piece by piece."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from issues.models import Issue, Placement


@dataclass(frozen=True)
class Finding:
    """One thing found; ``blocking`` ones keep the issue from being closed."""

    code: str
    message: str
    blocking: bool
    article: Article | None = None
    page: int | None = None


def findings(issue: Issue) -> list[Finding]:
    """Return all there is to say about an issue before it goes out, blocking first."""
    placements = list(
        Placement.objects.of_issue(issue).select_related(
            "page__issue", "article__sealed", "article__release"
        )
    )
    found = [finding for placement in placements for finding in _of_piece(placement)]
    found += _of_pages(issue, placements)
    newer = set(
        Article.objects.filter(pk__in=[placement.article_id for placement in placements])
        .changed_since_sealed()
        .values_list("pk", flat=True)
    )
    found += [
        Finding(
            "newer_version",
            _("“{title}” has a newer version that is not signed; the signed one goes out.").format(
                title=placement.article
            ),
            blocking=False,
            article=placement.article,
            page=placement.page.number,
        )
        for placement in placements
        if placement.article.sealed_id
        and (placement.article_id in newer or placement.article.status != Article.Status.APPROVED)
    ]
    return sorted(found, key=lambda finding: not finding.blocking)


def blocking(issue: Issue) -> list[Finding]:
    """Return what keeps an issue from being closed."""
    return [finding for finding in findings(issue) if finding.blocking]


def _of_piece(placement: Placement) -> list[Finding]:
    article = placement.article
    about = {"article": article, "page": placement.page.number}
    release = article.release
    own_hour_not_come = (
        release is not None and release.alone and (release.held or release.publish_at is None)
    )
    with_another_issue = (
        release is not None
        and not release.alone
        and release.pk != placement.page.issue.release_id
        and not release.is_due(timezone.now())
    )
    cases = [
        (
            article.sealed_id is None,
            "unsigned",
            _("“{title}” is not signed off ({status})."),
        ),
        (article.withdrawn_at is not None, "withdrawn", _("“{title}” has been withdrawn.")),
        (own_hour_not_come, "held", _("“{title}” is held by itself.")),
        (
            with_another_issue,
            "elsewhere",
            _("“{title}” stands in another issue that is not out yet."),
        ),
    ]
    return [
        Finding(
            code,
            sentence.format(title=article, status=article.get_status_display()),
            blocking=True,
            **about,
        )
        for holds, code, sentence in cases
        if holds
    ]


def _of_pages(issue: Issue, placements: list[Placement]) -> list[Finding]:
    if not placements:
        return [Finding("empty", _("There is no piece in the issue."), blocking=True)]
    found = []
    for page in issue.pages.order_by("number"):
        here = [placement for placement in placements if placement.page_id == page.pk]
        if not here:
            sentence = _("{page} is empty.")
            found.append(
                Finding("empty_page", sentence.format(page=page), blocking=True, page=page.number)
            )
        elif not any(placement.weight == Placement.Weight.LEAD for placement in here):
            sentence = _("{page} has no lead.")
            found.append(
                Finding("no_lead", sentence.format(page=page), blocking=False, page=page.number)
            )
    return found
