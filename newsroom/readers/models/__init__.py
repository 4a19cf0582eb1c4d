"""What readers leave with us, and the old addresses they use; a module for each."""

from newsroom.readers.models.knocks import DayKey, Knock
from newsroom.readers.models.redirects import Redirect, RedirectImport
from newsroom.readers.models.reports import ErrorReport, ReportAct
from newsroom.readers.models.subscriptions import LATEST, Delivery, Mailing, Subscriber, Trace

__all__ = [
    "LATEST",
    "DayKey",
    "Delivery",
    "ErrorReport",
    "Knock",
    "Mailing",
    "Redirect",
    "RedirectImport",
    "ReportAct",
    "Subscriber",
    "Trace",
]
