"""What stands in letters to readers: the one that confirms, and the one that tells of an issue.

Plain text and the simplest of HTML, without a picture and without anything that could tell us who
has opened it. Every header is one line, whatever the newspaper and its headlines are called.
"""

from datetime import timedelta
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Left
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models import Correction
from articles.reading import OPENING
from issues.models import Issue, Placement
from newsroom.people import clock
from newsroom.people.models import SiteSettings
from newsroom.readers.models import Delivery

LONGEST_SUBJECT = 120
MOST_CORRECTIONS = 10
# Of an issue before which there was none, corrections of so many days are told.
NO_ISSUE_BEFORE = timedelta(days=7)
# Where the key of the way out stands, until a letter is somebody's.
NOBODY = "0" * 43


class Composer:
    """The letter about an issue: composed when it is first asked for, and anew when it changes.

    Before each letter the database is asked what is live at that moment; a piece that has been
    withdrawn since the letter before is in none from here on.
    """

    def __init__(self, issue: Issue, paper: SiteSettings):
        """Take the issue, with its release, and what the newspaper says of itself."""
        self.issue, self.paper = issue, paper
        self.composed_of = self.subject = self.text = self.html = None

    def letter_to(self, delivery: Delivery) -> EmailMultiAlternatives | None:
        """Return a delivery's letter, or None where nothing of the issue is live any more."""
        subscriber = delivery.subscriber
        return self._letter(subscriber.address, subscriber.key, f"issue-{delivery.pk}")

    def test_to(self, address: str) -> EmailMultiAlternatives | None:
        """Return the letter for somebody of the newsroom to look at; its way out leads nowhere."""
        message = self._letter(address, NOBODY, f"test-{self.issue.pk}-{clock.now():%H%M%S%f}")
        if message is not None:
            message.subject = _("Test:") + message.subject
        return message

    def _letter(self, address: str, key: str, name: str) -> EmailMultiAlternatives | None:
        self._keep_up()
        if self.text is None:
            return None
        message = EmailMultiAlternatives(
            subject=self.subject,
            body=self.text.replace(NOBODY, key),
            from_email=sender(self.paper),
            to=[address],
            reply_to=[self.paper.email] if self.paper.email else None,
            headers={
                "Message-ID": f"<{name}@{_host()}>",
                "List-Id": f"{_latin(self.paper.paper_name)}<newsletter.{_host()}>",
                "List-Unsubscribe": f"<{way_out(key)}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(self.html.replace(NOBODY, key), "text/html")
        return message

    def _keep_up(self) -> None:
        """Ask what is live now; compose where that is not what the last letter told."""
        at = clock.now()
        placed = Placement.objects.live(at).of_issue(self.issue)
        corrected = self._corrections(at)
        live = (
            list(placed.values_list("pk", "article__sealed")),
            list(corrected.values_list("pk", flat=True)),
        )
        if live == self.composed_of:
            return
        self.composed_of = live
        self.subject = self.text = self.html = None
        if live[0]:
            with override(settings.LANGUAGE_CODE):
                self._compose(placed, corrected)

    def _corrections(self, at):
        issue = self.issue
        before = Issue.objects.live(at).earlier_than(issue.date, issue.sequence).newest_first()
        since = before.values_list("release__publish_at", flat=True).first()
        since = since or issue.release.publish_at - NO_ISSUE_BEFORE
        return Correction.objects.of_live_pieces(at).filter(signed_at__gt=since)[:MOST_CORRECTIONS]

    def _compose(self, placed, corrected) -> None:
        pages: dict = {}
        opening = Left("article__sealed__body", OPENING)
        for each in placed.select_related("page", "article__sealed").annotate(opening=opening):
            each.article.opening = each.opening
            pages.setdefault(each.page, []).append(_entry(each.article))
        issue = self.issue
        day = date_format(issue.date, "DATE_FORMAT")
        context = {
            "paper": self.paper,
            "issue": issue,
            "day": day,
            "weekday": date_format(issue.date, "l"),
            "pages": [(page.label, entries) for page, entries in pages.items()],
            "corrections": [_corrected(each) for each in corrected.for_list()],
            "issue_url": absolute(issue.get_absolute_url()),
            "leave_url": way_out(NOBODY),
        }
        name = f"【{self.paper.paper_name}】"
        self.subject = one_line(f"{name}{day} {issue.called}")[:LONGEST_SUBJECT]
        self.text = _issue_text(context)
        self.html = render_to_string("readers/letters/issue.html", context)


def _issue_text(context: dict) -> str:
    paper, issue = context["paper"], context["issue"]
    head = f"{paper.paper_name}　{context['day']}　{context['weekday']}　{issue.called}"
    blocks = [head, _("Read it on the web: {url}").format(url=context["issue_url"])]
    for label, entries in context["pages"]:
        lines = (f"· {entry['title']}\n  {entry['url']}" for entry in entries)
        blocks.append("\n".join([f"【{label}】", *lines]))
    if context["corrections"]:
        blocks.append("\n".join([f"【{_('Corrections')}】", *map(_line, context["corrections"])]))
    return _joined(
        *blocks,
        _("You get this letter because this address has subscribed to {paper}.").format(
            paper=paper.paper_name
        ),
        _("To leave: {url}").format(url=context["leave_url"]),
    )


def _line(corrected: dict) -> str:
    said = _("《{title}》: “{wrong}” should read “{right}”. {note}").format(**corrected).strip()
    return f"· {said}\n  {corrected['url']}"


def _joined(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def confirmation(address: str, ticket: str, paper: SiteSettings) -> EmailMultiAlternatives:
    """Return the letter that asks whether somebody wants the newsletter."""
    return _of_account(
        address,
        paper,
        _("Please confirm your subscription"),
        url=absolute(reverse("readers:confirm", args=[ticket])),
        before=_(
            "Somebody, we hope you, has entered this address at {paper} to get a letter about each "
            "new issue. Open this page within three days and press the button:"
        ).format(paper=paper.paper_name),
        after=_(
            "If it was not you, you need do nothing: without your confirmation nothing is sent and "
            "your address is not kept. On the same page you can say that you want no such letters."
        ),
    )


def known_already(address: str, key: str, paper: SiteSettings) -> EmailMultiAlternatives:
    """Return the letter for an address that is subscribed already: only its owner learns it."""
    return _of_account(
        address,
        paper,
        _("You are subscribed already"),
        url=way_out(key),
        before=_(
            "Somebody, we hope you, has entered this address at {paper}. It is subscribed already: "
            "a letter comes with each new issue. To leave, open this page and press the button:"
        ).format(paper=paper.paper_name),
        after=_("If it was not you, you need do nothing."),
    )


def _of_account(address, paper, subject, *, url, before, after) -> EmailMultiAlternatives:
    context = {"paper": paper, "subject": subject, "url": url, "before": before, "after": after}
    message = EmailMultiAlternatives(
        subject=one_line(f"【{paper.paper_name}】{subject}")[:LONGEST_SUBJECT],
        body=_joined(before, url, after, paper.paper_name),
        from_email=sender(paper),
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    html = render_to_string("readers/letters/account.html", context)
    message.attach_alternative(html, "text/html")
    return message


def sender(paper: SiteSettings) -> str:
    """Return whom letters to readers come from: a name of the newspaper's, and its address."""
    return formataddr((one_line(paper.newsletter_sender or paper.paper_name), _address()))


def way_out(key: str) -> str:
    """Return the whole address of the page on which somebody leaves."""
    return absolute(reverse("readers:leave", args=[key]))


def absolute(path: str) -> str:
    """Return the whole address of a page, as a letter needs it."""
    return f"{settings.SITE_URL}{path}"


def one_line(text: str) -> str:
    """Return text without line breaks: nobody's headline becomes a header."""
    return " ".join(text.split())


def _entry(article) -> dict:
    return {"title": one_line(article.public_title), "url": absolute(article.get_absolute_url())}


def _corrected(correction) -> dict:
    words = {name: one_line(getattr(correction, name)) for name in ("wrong", "right", "note")}
    return {**words, **_entry(correction.piece)}


def _address() -> str:
    # MAIL_FROM may bring a name along.
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname


def _latin(name: str) -> str:
    """Return a name as a List-Id may carry it, which is nothing where it is Chinese."""
    plain = one_line(name).replace('"', "")
    return f'"{plain}" ' if plain.isascii() else ""
