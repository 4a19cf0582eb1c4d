"""What the newsroom publishes in: issues, their layout and calendar, imports, what is asked."""

from issues.models.acts import IssueAct
from issues.models.archives import ArchiveFile, RestoredIssue
from issues.models.assignments import Assignment, AssignmentAct
from issues.models.dryruns import DryRun, DryRunRule, Imprint
from issues.models.formats import PageFormat
from issues.models.imports import EditionImport, ImportedPiece
from issues.models.issues import (
    FIRST_DAY,
    LAST_DAY,
    MOST_COMBINED,
    Issue,
    IssueRelease,
    Page,
    Placement,
    midnight,
)
from issues.models.layouts import BoardPresence, LayoutMove
from issues.models.links import OutsideLink
from issues.models.notices import CorrectionNotice
from issues.models.schedules import PageTemplate, Schedule, SpecialDay, TemplatePage

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "MOST_COMBINED",
    "ArchiveFile",
    "Assignment",
    "AssignmentAct",
    "BoardPresence",
    "CorrectionNotice",
    "DryRun",
    "DryRunRule",
    "EditionImport",
    "ImportedPiece",
    "Imprint",
    "Issue",
    "IssueAct",
    "IssueRelease",
    "LayoutMove",
    "OutsideLink",
    "Page",
    "PageFormat",
    "PageTemplate",
    "Placement",
    "RestoredIssue",
    "Schedule",
    "SpecialDay",
    "TemplatePage",
    "midnight",
]
