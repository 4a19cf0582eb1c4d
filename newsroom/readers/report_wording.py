"""Where a report stands, as the desk would say it, and what answers begin with."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.anchoring import spot_of
from articles.comparing import marked
from articles.markup import paragraphs
from issues.wording import State
from newsroom.readers.models import ErrorReport

# What an editor may begin an answer with: a name, what it is called, the words a reader reads.
BEGINNINGS = {
    "mended": (
        gettext_lazy("It has been put right"),
        "感谢您指出。我们核对后已经改正，原文下方写明了改动。",
    ),
    "right": (
        gettext_lazy("It is right as it stands"),
        "感谢您来信。我们核对了原始材料，文中的说法没有错：",
    ),
    "asking": (
        gettext_lazy("It was passed on to who knows"),
        "感谢您来信。您说的情况已转给有关单位核实：",
    ),
    "opinion": (
        gettext_lazy("It is no error but an opinion"),
        "感谢您来信。这一处是作者的看法，不是事实差错，您的意见已转告作者。",
    ),
}
# What the record says of each verb.
DONE = {
    "leave_report": gettext_lazy("reported it"),
    "change_report": gettext_lazy("changed the report"),
    "take_back_report": gettext_lazy("took the report back"),
    "take": gettext_lazy("took it on"),
    "let_go": gettext_lazy("put it back"),
    "hand_over": gettext_lazy("handed it over"),
    "answer": gettext_lazy("answered"),
    "find_nothing_wrong": gettext_lazy("found nothing wrong"),
    "set_aside": gettext_lazy("set it aside"),
    "draw_up": gettext_lazy("drew up a correction"),
    "merge": gettext_lazy("merged it into another"),
    "merged_with": gettext_lazy("put another one to it"),
    "reopen": gettext_lazy("looks at it again"),
}


@dataclass(frozen=True)
class Beside:
    """A paragraph as a reader read it, and what stands there now; no parts where it has gone."""

    quote: str
    number: int | None
    parts: tuple

    @property
    def same(self) -> bool:
        """Say whether it still stands word for word."""
        return bool(self.parts) and all(kind == "equal" for kind, _old, _new in self.parts)


def text_now(report: ErrorReport) -> Beside | None:
    """Return what stands now where the reader read the paragraph; None for no paragraph."""
    if report.paragraph is None or report.article.sealed is None:
        return None
    now = paragraphs(report.article.sealed.body)
    spot = spot_of(report.quote, report.paragraph, now)
    if spot.is_gone:
        return Beside(report.quote, None, ())
    return Beside(report.quote, spot.number, marked(report.quote, now[spot.number]))


def state_of(report: ErrorReport, at: datetime) -> State:
    """Return where a report stands at an instant."""
    if report.taken_back_at:
        return State("taken_back", _("Taken back by its reader"), "gone")
    if report.merged_into_id:
        return State("merged", _("Merged into another"), "split")
    if report.closed_at:
        return State("closed", report.get_outcome_display(), "ok", "ok")
    if report.answered_at:
        return State("corrected", _("Corrected"), "signed", "ok")
    if report.is_late(at):
        return State("late", _("Late"), "late", "stop")
    if report.correction_under_way:
        return State("correcting", _("Correction on its way"), "pen", "review")
    if report.taken_by_id:
        return State("taken", _("{name} has it").format(name=report.taken_by), "clock", "review")
    return State("waiting", _("Waits"), "clock", "warn")
