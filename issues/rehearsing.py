"""The verbs of the dry run: make one and keep what it found, say what its checks do."""

from collections.abc import Mapping
from datetime import datetime

import pghistory
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from issues import permissions
from issues.dryrun.table import CHECKS, Level
from issues.findings import Finding, found_in
from issues.gathering import Gathering
from issues.mending import Menders
from issues.models import DryRun, DryRunRule, Issue
from issues.remembering import keep_marks
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection

Occasion = DryRun.Occasion


def rehearse(issue: Issue, *, by: User) -> DryRun:
    """Make a dry run because somebody asks for one, and keep it. Raises RefusalError."""
    demand(permissions.may_rehearse(by, issue))
    return keep_run(issue, Occasion.ASKED, by=by)


@transaction.atomic
def keep_run(
    issue: Issue, occasion: Occasion, *, by: User | None = None, hour: datetime | None = None
) -> DryRun:
    """Make a dry run and keep it: part of another verb, or of what time does."""
    gathering = Gathering([issue])
    found = found_in(gathering)[issue.pk]
    keep_marks(gathering.memory.unknown)
    menders = Menders(found)
    said = _in_every_language(gathering, issue)
    return DryRun.objects.create(
        issue=issue,
        occasion=occasion,
        by=by,
        hour=hour,
        blocking=sum(finding.blocking for finding in found),
        reminding=sum(not finding.blocking for finding in found),
        found=[_kept(finding, menders, said.get(finding.key, {})) for finding in found],
    )


def _in_every_language(gathering: Gathering, issue: Issue) -> dict[str, dict[str, str]]:
    """Return the sentences of what was found by key and language; the facts are fetched once."""
    said: dict[str, dict[str, str]] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for finding in found_in(gathering)[issue.pk]:
                said.setdefault(finding.key, {})[language] = finding.message
    return said


def _kept(finding: Finding, menders: Menders, said: dict[str, str]) -> dict:
    return {
        "key": finding.key,
        "code": finding.code,
        "blocking": finding.blocking,
        "article": finding.article.pk if finding.article else None,
        "page": finding.page,
        "said": said,
        "menders": [str(person) for person in menders.of(finding)],
    }


def set_rules(levels: Mapping[str, str], *, by: User) -> list[str]:
    """Let each check named do what is asked; return the codes of those that changed.

    From then on every dry run and every closing asks by it. Raises RefusalError.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, verb="set_rules"):
        demand(permissions.may_set_rules(by))
        for code, level in levels.items():
            demand(_is_possible(code, level))
        now = DryRunRule.objects.chosen()
        changed = [code for code, level in levels.items() if level != CHECKS[code].level(now)]
        for code in sorted(changed):
            rule = DryRunRule.objects.of_check(code)
            rule.level = levels[code]
            rule.save(update_fields=["level"])
    return changed


def _is_possible(code: str, level: str):
    check = CHECKS.get(code)
    known = check is not None and level in Level.values
    unfit = known and Level(level) not in check.choices
    always = _("“{check}” always stops an issue. {why}")
    never = _("“{check}” stops no issue: other people's machines decide it.")
    facts = {"check": check.label if check else code, "why": check.fixed if check else ""}
    return first_objection(
        (not known, _("There is no such check.")),
        (unfit and bool(check.fixed), always.format(**facts)),
        (unfit, never.format(**facts)),
    )
