"""What readers leave with us, and the old addresses they use; a module for each."""

from newsroom.readers.models.knocks import DayKey, Knock
from newsroom.readers.models.reports import ErrorReport, ReportAct

__all__ = ["DayKey", "ErrorReport", "Knock", "ReportAct"]
