"""The letter that brings a link. The code is never in it: whoever gets it forwarded has no code."""

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsroom.desk.letters import LONGEST_SUBJECT, absolute, one_line
from newsroom.desk.models import PreviewLink
from newsroom.people import clock
from newsroom.people.ciphers import opened
from newsroom.people.models import SiteSettings


def send_preview_link(link: PreviewLink, secret: str) -> None:
    """Mail a link, which comes locked; nothing where it opens nothing any more."""
    if not link.is_open(clock.now()) or not link.email:
        return
    paper = SiteSettings.current().paper_name
    with override(link.made_by.language):
        until = date_format(timezone.localtime(link.expires_at), "Y-m-d H:i")
        blocks = [
            _("Hello {name},").format(name=link.recipient),
            _("{by} of {paper} asks you to check what is not published yet: {what}").format(
                by=link.made_by, paper=paper, what=link.lent
            ),
            link.purpose,
            absolute(reverse("previews:home", args=[opened(secret)])),
            _("The link works until {time}. The code for your answer comes by another way.").format(
                time=until
            ),
        ]
        subject = _("Please check: {what}").format(what=link.lent)
        EmailMessage(
            subject=one_line(f"【{paper}】{subject}")[:LONGEST_SUBJECT],
            body="\n\n".join(filter(None, blocks)),
            to=[link.email],
            headers={"Auto-Submitted": "auto-generated"},
        ).send()
