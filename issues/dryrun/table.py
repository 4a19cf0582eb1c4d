"""The one table of checks: what each is called, how it finds, what it does, who mends it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.dryrun import alike, days, jumps, links, numbering, pages, pictures, standing
from issues.dryrun.facts import Facts, Found
from issues.dryrun.words import lacking


class Level(TextChoices):
    """What a finding does, from least to most."""

    OFF = "off", pgettext_lazy("level of a check of an issue", "Not checked")
    WARN = "warn", pgettext_lazy("level of a check of an issue", "Reminds")
    BLOCK = "block", pgettext_lazy("level of a check of an issue", "Stops the closing")


class Remedy(StrEnum):
    """Whose it is to mend: whoever has the piece, or whoever lays the issue out."""

    PIECE = "piece"
    LAYOUT = "layout"


@dataclass(frozen=True)
class Check:
    """One line of the table. ``fixed`` says why the newsroom may not let it do less.

    ``most`` is what it may do at most: what hangs on other people's machines stops no issue.
    """

    code: str
    label: str
    find: Callable[[Facts], Iterable[Found]]
    shipped: Level = Level.WARN
    remedy: Remedy = Remedy.PIECE
    together: str = ""
    fixed: str = ""
    most: Level = Level.BLOCK

    def level(self, chosen: Mapping[str, str]) -> Level:
        """Return what it does, by what the newsroom has chosen for the codes of checks."""
        wanted = self.shipped if self.fixed else Level(chosen.get(self.code, self.shipped))
        return wanted if wanted in self.choices else self.most

    @property
    def choices(self) -> list[Level]:
        """The levels the newsroom may choose."""
        if self.fixed:
            return [self.shipped]
        levels = list(Level)
        return levels[: levels.index(self.most) + 1]


SIGNED = _("What goes out is signed by three people, or it does not go out.")
GONE = _("What has been withdrawn is gone everywhere; an issue must not bring it back.")
WHOLE = _("An issue goes out whole: a piece that comes later would leave a hole in it.")
SOMETHING = _("An issue without a piece has nothing to go out.")

CHECKS: dict[str, Check] = {
    check.code: check
    for check in (
        Check(
            "unsigned",
            _("Signed off"),
            standing.unsigned,
            Level.BLOCK,
            together=_("{count} pieces are not signed off."),
            fixed=SIGNED,
        ),
        Check(
            "withdrawn",
            _("Withdrawn"),
            standing.withdrawn,
            Level.BLOCK,
            Remedy.LAYOUT,
            fixed=GONE,
        ),
        Check("held", _("Held"), standing.held, Level.BLOCK, Remedy.LAYOUT, fixed=WHOLE),
        Check(
            "elsewhere",
            _("In another issue too"),
            standing.elsewhere,
            Level.BLOCK,
            Remedy.LAYOUT,
            fixed=WHOLE,
        ),
        Check(
            "empty",
            _("A piece in the issue"),
            pages.empty,
            Level.BLOCK,
            Remedy.LAYOUT,
            fixed=SOMETHING,
        ),
        Check(
            "empty_page",
            _("A piece on every page"),
            pages.empty_page,
            Level.BLOCK,
            Remedy.LAYOUT,
        ),
        Check("no_lead", _("A lead on every page"), pages.no_lead, remedy=Remedy.LAYOUT),
        Check("over_budget", _("Room on the pages"), pages.over_budget, remedy=Remedy.LAYOUT),
        Check("left_out", _("Left out"), standing.left_out, remedy=Remedy.LAYOUT),
        Check(
            "newer_version",
            _("Newer versions"),
            standing.newer_version,
            together=_("{count} pieces have a newer version that is not signed."),
        ),
        Check("headline", _("Headline"), lacking("headline"), Level.BLOCK),
        Check(
            "alternative_text",
            _("Alternative text of the pictures"),
            lacking("alternative_text"),
            Level.BLOCK,
            together=_("{count} pictures have no alternative text."),
        ),
        Check(
            "byline",
            _("Byline"),
            lacking("byline"),
            together=_("{count} pieces name nobody."),
        ),
        Check("source", _("Source"), lacking("source")),
        Check(
            "caption",
            _("Captions"),
            lacking("caption"),
            together=_("{count} pictures have no caption."),
        ),
        Check(
            "credit",
            _("Credits of the pictures"),
            lacking("credit"),
            together=_("{count} pictures do not say who took them."),
        ),
        Check("unready_picture", _("Files of the pictures"), pictures.not_ready),
        Check(
            "same_picture",
            _("The same picture twice"),
            pictures.same_picture,
            remedy=Remedy.LAYOUT,
        ),
        Check("duplicate", _("Told before"), alike.duplicates, remedy=Remedy.LAYOUT),
        Check("unpaired_jump", _("Jumps to other pages"), jumps.unpaired_jumps),
        Check("impossible_day", _("Days that do not exist"), days.impossible),
        Check("wrong_weekday", _("Weekdays"), days.wrong_weekday),
        Check("day_to_come", _("Days that have not come yet"), days.not_come_yet),
        Check(
            "out_of_order",
            _("Running number and dates"),
            numbering.out_of_order,
            remedy=Remedy.LAYOUT,
        ),
        Check("planned_day", _("Date and hour"), numbering.planned_day, remedy=Remedy.LAYOUT),
        Check("misnamed", _("Number and day in words"), numbering.misnamed, remedy=Remedy.LAYOUT),
        Check("dead_link", _("Links to pages of ours"), links.dead_links, Level.BLOCK),
        Check(
            "link_outside",
            _("Links to other sites, not tried yet"),
            links.links_untried,
            most=Level.WARN,
        ),
        Check(
            "link_silent",
            _("Links to other sites that do not answer"),
            links.links_silent,
            most=Level.WARN,
        ),
        Check(
            "correction_waits",
            _("Corrections to be printed"),
            pages.correction_waits,
            remedy=Remedy.LAYOUT,
        ),
    )
}
