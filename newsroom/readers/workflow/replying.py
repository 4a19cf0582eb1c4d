"""What the worker does with reports: mail the answers, forget how to reach readers.

A letter is claimed before the mail server gets it, so that none is sent twice though a worker dies
in between; who misses it still finds the answer on the receipt.
"""

from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction

from newsroom.people import clock
from newsroom.readers import limits
from newsroom.readers.models import ErrorReport
from newsroom.readers.report_letters import answer_to

AT_ONCE = 20  # letters in one go


def mail_answers() -> int:
    """Mail the answers that readers wait for, each once; return how many went."""
    if not settings.SENDS_MAIL:
        return 0
    waiting = ErrorReport.objects.to_be_mailed().order_by("pk").values_list("pk", flat=True)
    sent = 0
    for pk in list(waiting[:AT_ONCE]):
        report = _claim(pk)
        if report is None:
            continue
        try:
            answer_to(report).send()
        except SMTPRecipientsRefused:
            continue  # there is no such mailbox, tomorrow neither
        except (SMTPException, OSError):
            ErrorReport.objects.filter(pk=pk).update(mailed_at=None)
            break
        sent += 1
    return sent


@transaction.atomic
def _claim(pk: int) -> ErrorReport | None:
    """Note that an answer is mailed; None where another worker has done so."""
    locked = ErrorReport.objects.select_for_update(no_key=True, skip_locked=True).filter(
        pk=pk, mailed_at=None
    )
    if not locked.exists():
        return None
    ErrorReport.objects.filter(pk=pk).update(mailed_at=clock.now())
    return ErrorReport.objects.for_receipt().get(pk=pk)


def forget_readers() -> int:
    """Erase how to reach readers when its time has come, and yesterday's counts of networks."""
    limits.forget_other_days()
    return ErrorReport.objects.forget_contacts()
