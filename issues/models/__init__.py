"""What the newsroom publishes in: issues and their layout, imports, and what is asked for."""

from issues.models.assignments import Assignment, AssignmentAct
from issues.models.dryruns import DryRun, DryRunRule
from issues.models.formats import PageFormat
from issues.models.issues import (
    FIRST_DAY,
    LAST_DAY,
    EditionImport,
    ImportedPiece,
    Issue,
    IssueAct,
    IssueRelease,
    Page,
    Placement,
    midnight,
)
from issues.models.layouts import BoardPresence, LayoutMove
from issues.models.notices import CorrectionNotice

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "Assignment",
    "AssignmentAct",
    "BoardPresence",
    "CorrectionNotice",
    "DryRun",
    "DryRunRule",
    "EditionImport",
    "ImportedPiece",
    "Issue",
    "IssueAct",
    "IssueRelease",
    "LayoutMove",
    "Page",
    "PageFormat",
    "Placement",
    "midnight",
]
