"""What the dry run finds: whether an issue could go out, piece by piece."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import Article
from issues.models import Issue, Page, Placement
from issues.printing import errata_for, next_issue
from newsroom.people import clock


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
    return findings_of([issue])[issue.pk]


def findings_of(issues: list[Issue]) -> dict[int, list[Finding]]:
    """Return what there is to say about each of some issues, in three statements for all."""
    keys = [issue.pk for issue in issues]
    placed, pages = defaultdict(list), defaultdict(list)
    for page in Page.objects.of_issues(keys):
        pages[page.issue_id].append(page)
    standing = Placement.objects.of_issues(keys).select_related("page__issue", "article__release")
    for placement in standing:
        placed[placement.page.issue_id].append(placement)
    articles = [each.article_id for here in placed.values() for each in here]
    newer = set(
        Article.objects.filter(pk__in=articles).changed_since_sealed().values_list("pk", flat=True)
    )
    following = next_issue()
    found = {key: _of_issue(placed[key], pages[key], newer) for key in keys}
    if following is not None and following.pk in found:
        numbers = [page.number for page in pages[following.pk]]
        found[following.pk] += _of_errata(following, numbers)
    return found


def _of_issue(placements: list[Placement], pages: list[Page], newer: set[int]) -> list[Finding]:
    found = [finding for placement in placements for finding in _of_piece(placement)]
    found += _of_pages(pages, placements)
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


def _of_errata(issue: Issue, pages: list[int]) -> list[Finding]:
    """Warn of signed corrections that the issue should print and does not yet."""
    sentence = _("The correction of “{title}” waits to be printed on page {page}.")
    return [
        Finding(
            "correction_waits",
            sentence.format(title=erratum.correction.article, page=erratum.page),
            blocking=False,
            page=erratum.page,
        )
        for erratum in errata_for(issue, pages)
    ]


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
        and not release.is_due(clock.now())
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


def _of_pages(pages: list[Page], placements: list[Placement]) -> list[Finding]:
    if not placements:
        return [Finding("empty", _("There is no piece in the issue."), blocking=True)]
    found = []
    for page in pages:
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
