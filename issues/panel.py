"""What the desk shows of a dry run: each finding with who can mend it, many of a kind together.

Findings are asked anew for every page. The last run that was kept only says what has come up and
what is gone since.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from articles.models import Article
from issues.dryrun.table import Remedy
from issues.findings import Finding, findings
from issues.mending import Menders
from issues.models import DryRun, Issue
from issues.permissions import may_plan
from newsroom.people.models import User

TOGETHER = 3  # findings of a kind from which on they stand together
NAMED = 3  # people that a line names
TALLIED = 5  # people that a line counts pieces for


@dataclass(frozen=True)
class Entry:
    """A line of the panel: one finding, or several of a kind as its ``parts``."""

    message: str
    blocking: bool
    whose: str
    url: str = ""
    other_url: str = ""
    is_new: bool = False
    is_mine: bool = False
    parts: list["Entry"] = field(default_factory=list)


class Panel:
    """The dry run of an issue as somebody sees it now."""

    def __init__(self, issue: Issue, user: User, found: list[Finding] | None = None):
        """Take an issue and who looks; ``found`` is what a page has asked for already."""
        self.issue, self._user = issue, user
        self.found = findings(issue) if found is None else found
        self._menders = Menders(self.found)

    @property
    def blocking(self) -> int:
        """How many findings stop the issue."""
        return sum(finding.blocking for finding in self.found)

    @property
    def reminding(self) -> int:
        """How many only remind."""
        return len(self.found) - self.blocking

    @cached_property
    def last(self) -> DryRun | None:
        """The last run that was kept."""
        return self.issue.dry_runs.newest_first().first()

    @cached_property
    def gone(self) -> list[str]:
        """What the last run found and is in order now, as it was said then."""
        now = {finding.key for finding in self.found}
        return [said_of(each) for each in (self.last.found if self.last else ())
                if each["key"] not in now]  # fmt: skip

    @property
    def new(self) -> int:
        """How many findings have come up since the last run."""
        return sum(map(self._is_new, self.found))

    @cached_property
    def entries(self) -> list[Entry]:
        """The lines in order, those of a kind together where they are many."""
        counted = Counter((each.code, each.blocking) for each in self.found)
        lines, seen = [], set()
        for finding in self.found:
            kind = (finding.code, finding.blocking)
            if not finding.check.together or counted[kind] < TOGETHER:
                lines.append(self._entry(finding))
            elif kind not in seen:
                seen.add(kind)
                lines.append(self._together([each for each in self.found if each.code == kind[0]]))
        return lines

    def _is_new(self, finding: Finding) -> bool:
        return self.last is not None and finding.key not in self.last.keys

    def _entry(self, finding: Finding) -> Entry:
        people = self._menders.of(finding)
        lays_out = finding.check.remedy == Remedy.LAYOUT and may_plan(self._user)
        mine = self._user in people or bool(lays_out)
        return Entry(
            finding.message,
            finding.blocking,
            _("you can mend it") if mine else _can_mend(people),
            address_of(finding, self.issue),
            _reading(finding.other) if finding.other else "",
            self._is_new(finding),
            mine,
        )

    def _together(self, several: list[Finding]) -> Entry:
        parts = [self._entry(each) for each in several]
        tally = Counter(str(person) for each in several for person in self._menders.of(each))
        people = "，".join(f"{name} {count}" for name, count in tally.most_common(TALLIED))
        if len(tally) > TALLIED:
            people = _("{people} and others").format(people=people)
        return Entry(
            str(several[0].check.together).format(count=len(several)),
            several[0].blocking,
            _("who can go on: {people}").format(people=people) if people else "",
            is_new=any(part.is_new for part in parts),
            is_mine=any(part.is_mine for part in parts),
            parts=parts,
        )


def _can_mend(people) -> str:
    """Name who can mend something, the first few of them."""
    if not people:
        return ""
    names = "、".join(str(person) for person in people[:NAMED])
    if len(people) <= NAMED:
        return _("{names} can mend it").format(names=names)
    return ngettext(
        "{names} and others, {count} person in all, can mend it",
        "{names} and others, {count} people in all, can mend it",
        len(people),
    ).format(names=names, count=len(people))


def address_of(finding: Finding, issue: Issue) -> str:
    """Return where a finding is mended: the field of the piece, the piece, or the page."""
    if finding.article is not None:
        if finding.field:
            form = reverse("admin:articles_article_change", args=[finding.article.pk])
            return f"{form}#{finding.field}"
        return _reading(finding.article)
    board = reverse("admin:issues_issue_change", args=[issue.pk])
    return f"{board}#page-{finding.page}" if finding.page else board


def _reading(article: Article) -> str:
    return reverse("admin:articles_article_read", args=[article.pk])


def said_of(kept: dict) -> str:
    """Return the sentence of a finding that was kept, in the language of who reads it."""
    said = kept["said"]
    return said.get(get_language() or "") or next(iter(said.values()), kept["code"])
