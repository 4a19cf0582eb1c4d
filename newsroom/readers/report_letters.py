"""The letter that brings a reader the answer to their report; it leads to no secret address."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsroom.people import clock
from newsroom.people.models import SiteSettings
from newsroom.readers.models import ErrorReport


def answer_to(report: ErrorReport) -> EmailMessage:
    """Compose the answer to whoever left an address; fetch the report with ``for_receipt``."""
    paper = SiteSettings.current().paper_name
    live = report.article.is_live(clock.now())
    with override(settings.LANGUAGE_CODE):
        blocks = [
            _("Thank you for writing to us about “{title}”. Our answer:").format(
                title=report.article.public_title
            ),
            told(report),
            f"{settings.SITE_URL}{report.article.get_absolute_url()}" if live else "",
            _("{paper}, the newsroom").format(paper=paper),
        ]
        subject = _("【{paper}】Our answer to your report of an error").format(paper=paper)
    return EmailMessage(
        subject=subject,
        body="\n\n".join(filter(None, blocks)),
        to=[report.contact],
        headers={
            "Message-ID": f"<report-{report.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def told(report: ErrorReport) -> str:
    """Return the answer in words: what an editor wrote, or what the correction says."""
    head = report.head
    if head.closed_at:
        return head.answer
    made = head.correction
    words = _("You are right; we have corrected it: “{wrong}” should read “{right}”. {note}")
    return words.format(wrong=made.wrong, right=made.right, note=made.note).strip()
