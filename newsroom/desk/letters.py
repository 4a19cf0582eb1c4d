"""What stands in a letter: a digest of notices, as plain text and as simple HTML."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from newsroom.desk.models import Letter, Notice
from newsroom.desk.phrasing import address, remark, sentence
from newsroom.people.models import SiteSettings

LONGEST_SUBJECT = 120


def compose(letter: Letter) -> EmailMultiAlternatives | None:
    """Return the message for a letter, or None where nothing is left to tell.

    What was read or answered meanwhile, or may be seen no more, is left out.
    """
    person = letter.recipient
    if not person.is_active or not person.email:
        return None
    notices = letter.notices.seen_by(person).unread().for_display().order_by("pk")
    with override(person.language):
        entries = [_entry(notice, person) for notice in notices]
        return _message(letter, entries) if entries else None


def _entry(notice: Notice, person) -> dict[str, str]:
    return {
        "sentence": sentence(notice),
        "remark": remark(notice, person),
        "url": absolute(address(notice)),
    }


def absolute(path: str) -> str:
    """Return the whole address of a page, as a letter needs it."""
    return f"{settings.SITE_URL}{path}"


def _message(letter: Letter, entries: list[dict]) -> EmailMultiAlternatives:
    paper = SiteSettings.current().paper_name
    context = {
        "person": letter.recipient,
        "paper": paper,
        "entries": entries,
        "all_url": absolute(reverse("admin:notices")),
        "settings_url": absolute(reverse("admin:notice_settings")),
    }
    message = EmailMultiAlternatives(
        subject=one_line(f"【{paper}】{_subject(entries)}")[:LONGEST_SUBJECT],
        body=_text(context),
        to=[letter.recipient.email],
        headers={
            # The same for every try, so that a server that took it twice can tell.
            "Message-ID": f"<letter-{letter.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("desk/letter.html", context), "text/html")
    return message


def _subject(entries: list[dict]) -> str:
    if len(entries) == 1:
        return entries[0]["sentence"]
    count = len(entries)
    return ngettext("{n} new notice", "{n} new notices", count).format(n=count)


def _text(context: dict) -> str:
    blocks = [
        "\n".join(filter(None, (one_line(each["sentence"]), each["remark"], each["url"])))
        for each in context["entries"]
    ]
    foot = [
        _("All notices: {url}").format(url=context["all_url"]),
        _("What is mailed to you: {url}").format(url=context["settings_url"]),
    ]
    return "\n\n".join(
        [_("Hello {name},").format(name=context["person"]), *blocks, "\n".join(foot)]
    )


def one_line(text: str) -> str:
    """Return text without line breaks: nobody's headline becomes a header."""
    return " ".join(text.split())
