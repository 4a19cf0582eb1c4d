"""What the dry run finds: whether an issue could go out, by the newsroom's rules."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Article
from issues.dryrun.facts import Found
from issues.dryrun.table import CHECKS, Check, Level
from issues.gathering import Gathering
from issues.models import DryRunRule, Issue


@dataclass(frozen=True)
class Finding:
    """One thing found; ``blocking`` ones keep the issue from being closed.

    ``key`` names it among all that is ever found in an issue; ``field`` is where the form of the
    piece mends it.
    """

    code: str
    message: str
    blocking: bool
    article: Article | None = None
    page: int | None = None
    key: str = ""
    field: str = ""
    other: Article | None = None

    @property
    def check(self) -> Check:
        """The line of the table it comes from."""
        return CHECKS[self.code]


def findings(issue: Issue) -> list[Finding]:
    """Return all there is to say about an issue before it goes out, blocking first."""
    return findings_of([issue])[issue.pk]


def findings_of(issues: list[Issue]) -> dict[int, list[Finding]]:
    """Return what there is to say about each of some issues, blocking first.

    The same number of statements for one and for many, whatever stands in them.
    """
    return _found(Gathering(issues), Level.WARN)


def blocking(issue: Issue) -> list[Finding]:
    """Return what keeps an issue from being closed. Nothing else is looked at."""
    return _found(Gathering([issue]), Level.BLOCK)[issue.pk]


def found_in(gathering: Gathering) -> dict[int, list[Finding]]:
    """Return what there is to say about issues whose facts are gathered already."""
    return _found(gathering, Level.WARN)


def _found(gathering: Gathering, least: Level) -> dict[int, list[Finding]]:
    chosen = DryRunRule.objects.chosen() if gathering.issues else {}
    asked = [(check, check.level(chosen)) for check in CHECKS.values()]
    asked = [(check, level) for check, level in asked if level in (Level.BLOCK, least)]
    found = {}
    for facts in gathering:
        # What stands twice in a piece is told once.
        here = {
            each.key: each
            for check, level in asked
            for each in _of_check(check, level, check.find(facts))
        }
        found[facts.issue.pk] = sorted(here.values(), key=lambda finding: not finding.blocking)
    return found


def _of_check(check: Check, level: Level, found: Iterable[Found]) -> Iterable[Finding]:
    for each in found:
        article = each.piece.article if each.piece else None
        about = f"{article.pk if article else ''}/{each.page or ''}/{each.detail}"
        yield Finding(
            check.code,
            each.sentence,
            level == Level.BLOCK,
            article,
            each.page,
            key=f"{check.code}/{about}",
            field=each.field,
            other=each.other,
        )
