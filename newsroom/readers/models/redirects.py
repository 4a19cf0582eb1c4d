"""Old addresses: what stood where before, and where it stands now."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Length
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Section
from issues.models import Issue, Page
from newsroom.people.guards import keeps_history, never_deleted
from newsroom.readers import old_addresses

LIVE, GONE, ASK = "live", "gone", "ask"
HELD = ("article_id", "issue_id", "page_number", "section_id", "path", "note")


class RedirectQuerySet(models.QuerySet):
    def for_address(self, at, with_query: str, without: str):
        """What leads on from an address at an instant, the closer one first; with ``standing``.

        ``standing`` is LIVE or GONE by the one condition of being live, ASK where the page itself
        has to be asked, and empty for what residents must not know of.
        """
        live, gone = Article.objects.live(at), Article.objects.gone(at)
        issues = Issue.objects.live(at).filter(pk=OuterRef("issue"))
        pages = Page.objects.filter(issue=OuterRef("issue"), number=OuterRef("page_number"))
        standing = Case(
            When(Exists(live.filter(pk=OuterRef("article"))), then=Value(LIVE)),
            When(Exists(gone.filter(pk=OuterRef("article"))), then=Value(GONE)),
            When(Exists(issues) & (Q(page_number=None) | Exists(pages)), then=Value(LIVE)),
            When(section__isnull=False, then=Value(LIVE)),
            When(~Q(path=""), then=Value(ASK)),
            default=Value(""),
            output_field=models.CharField(),
        )
        return (
            self.filter(address__in=[with_query, without], off=False)
            .annotate(standing=standing)
            .order_by(Length("address").desc())
        )

    def for_display(self):
        """With what a list in the desk shows."""
        return self.select_related("article", "issue", "section", "made_by")

    def held_at(self, addresses) -> dict[str, tuple]:
        """Where some addresses lead, by them: the five fields of a target, and the note."""
        rows = self.filter(address__in=addresses).values_list("address", *HELD)
        return {address: tuple(held) for address, *held in rows}


@keeps_history()
class Redirect(models.Model):
    """An address the newspaper had elsewhere, and what of ours stands in its place."""

    address = models.CharField(
        _("old address"),
        max_length=old_addresses.LONGEST,
        unique=True,
        help_text=_("For instance /html/2023-12/08/content_123.htm?div=-1; capitals don't count."),
    )
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+", null=True
    )
    issue = models.ForeignKey(
        Issue, models.PROTECT, verbose_name=_("issue"), related_name="+", null=True
    )
    page_number = models.PositiveSmallIntegerField(_("page of the issue"), null=True)
    section = models.ForeignKey(
        Section, models.PROTECT, verbose_name=_("section"), related_name="+", null=True
    )
    path = models.CharField(_("page of this site"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    off = models.BooleanField(
        _("switched off"), default=False, help_text=_("Nobody is led on; the line stays here.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), related_name="+"
    )
    made_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(
                name="old_address_leads_to_one_place",
                condition=Q(article__isnull=False, issue=None, section=None, path="")
                | Q(article=None, issue__isnull=False, section=None, path="")
                | Q(article=None, issue=None, section__isnull=False, path="")
                | Q(article=None, issue=None, section=None) & ~Q(path=""),
            ),
            models.CheckConstraint(
                name="only_an_issue_has_a_page_to_lead_to",
                condition=Q(page_number=None) | Q(issue__isnull=False, page_number__gte=1),
            ),
            models.CheckConstraint(
                name="old_address_is_written_one_way",
                condition=Q(address__regex=r"^/[^/\\\s#]") & ~Q(address__regex=r"[\\\s#]|//|[A-Z]"),
            ),
            models.CheckConstraint(
                name="nobody_is_led_to_another_site",
                condition=Q(path="") | Q(path="/") | Q(path__regex=r"^/[0-9a-z][0-9a-z/_-]*/$"),
            ),
            models.CheckConstraint(
                name="no_old_address_leads_to_itself", condition=~Q(address=models.F("path"))
            ),
        ]
        triggers = never_deleted("An old address")

    def __str__(self):
        return self.address

    @property
    def target(self) -> str:
        """The address it leads to, in the look in which it was asked for."""
        if self.article_id:
            return self.article.get_absolute_url()
        if self.issue_id and self.page_number:
            return reverse("issues:page", args=[self.issue.address, self.page_number])
        if self.issue_id:
            return self.issue.get_absolute_url()
        if self.section_id:
            return self.section.get_absolute_url()
        return get_script_prefix() + self.path.removeprefix("/")


class RedirectImport(models.Model):
    """A table of old addresses that was brought to the desk.

    ``table`` holds its rows as they came until the import begins; then ``to_do``, which is emptied
    as the rows are led on, and ``refused``, which stays.
    """

    file_name = models.CharField(_("file"), max_length=200)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("uploaded by"), related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    table = models.JSONField(_("table"), default=list)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    has_heading = models.BooleanField(_("the first row is a heading"), default=True)
    old_column = models.PositiveSmallIntegerField(_("column of old addresses"), default=0)
    target_column = models.PositiveSmallIntegerField(_("column of where they lead"), default=1)
    note_column = models.PositiveSmallIntegerField(_("column of notes"), null=True)
    imported_at = models.DateTimeField(_("imported at"), null=True)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("unchanged"), default=0)

    class Meta:
        verbose_name = _("table of old addresses")
        verbose_name_plural = _("tables of old addresses")
        ordering = ["-pk"]
        triggers = never_deleted("A table of old addresses")

    def __str__(self):
        return self.file_name

    @property
    def is_settled(self) -> bool:
        """Whether its import has begun: what each row becomes is written down."""
        return isinstance(self.table, dict)

    @property
    def done(self) -> int:
        """How many of its rows have become old addresses."""
        return self.new + self.changed + self.same

    @property
    def to_do(self) -> int:
        """How many rows an import that has begun has yet to lead on."""
        return len(self.table["to_do"]) if self.is_settled else 0

    @property
    def refused(self) -> int:
        """How many rows its import has left out."""
        return len(self.table["refused"]) if self.is_settled else 0
