"""Where a link and an answer stand, as the desk says it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from articles.sealing import covered_by_draft, fingerprint
from issues.wording import State
from newsroom.desk.models import PreviewAnswer, PreviewLink


def state_of(link: PreviewLink, at: datetime) -> State:
    """Return whether a link still opens something."""
    if link.revoked_at:
        return State("revoked", _("Revoked"), "gone")
    if not link.is_open(at):
        return State("expired", _("Run out"), "gone")
    return State("open", _("Works until {time}").format(time=_hour(link.expires_at)), "live", "ok")


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%m-%d %H:%M}"


@dataclass(frozen=True)
class Answered:
    """An answer, and whether the piece still says what it was about."""

    answer: PreviewAnswer
    still: bool


def answers_on(article: Article) -> list[Answered]:
    """Return what was said of a piece from outside, the latest first."""
    return _compared(list(PreviewAnswer.objects.about(article)))


def answers_of(link: PreviewLink) -> list[Answered]:
    """Return what was answered by a link, the latest first."""
    return _compared(list(link.answers.select_related("article")))


def _compared(answers: list[PreviewAnswer]) -> list[Answered]:
    """Return answers beside whether their pieces still say the same; three statements for all."""
    articles = [answer.article for answer in answers]
    prefetch_related_objects(articles, "bylines__correspondent", "photos", "attachments")
    marks = {article.pk: fingerprint(covered_by_draft(article)) for article in articles}
    return [Answered(each, each.fingerprint == marks[each.article_id]) for each in answers]
