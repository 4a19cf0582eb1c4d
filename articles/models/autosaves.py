"""Typing that is not a revision yet, and sittings whose revisions are not a version yet.

Neither is part of the history: both fold away into it.
"""

import json
from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from newsroom.people.guards import Refuse

# A page that has said nothing for so long is closed, asleep or forgotten: its sitting is over.
SILENCE = timedelta(minutes=30)
# What says that a page's typing has become a revision is kept as long as a browser stays signed in.
REMEMBERED = timedelta(days=14)
# Forms one person may leave unsaved at a time.
MOST_PAGES = 60
# Between two keepings of one page; a script that runs wild is slowed down to this.
BREATH = timedelta(milliseconds=100)
# The clock is asked when the row is locked: who waited for it is not taken to be too early.
_KEEP = """
INSERT INTO articles_autosave AS kept
    (person_id, page, article_id, sequence, began_from, content, kept_at, seen_at, kept_because)
SELECT %(person)s, %(page)s, %(article)s, %(sequence)s, %(began_from)s, %(content)s::jsonb,
    clock_timestamp(), clock_timestamp(), ''
WHERE (
    SELECT count(*) FROM articles_autosave
    WHERE person_id = %(person)s AND page <> %(page)s AND content <> '{}'
) < %(most)s
ON CONFLICT (person_id, page) DO UPDATE SET
    sequence = EXCLUDED.sequence, content = EXCLUDED.content, began_from = EXCLUDED.began_from,
    kept_at = clock_timestamp(), seen_at = clock_timestamp(), kept_because = ''
WHERE kept.sequence < EXCLUDED.sequence
    AND kept.kept_at <= clock_timestamp() - %(breath)s
    AND (EXCLUDED.article_id IS NULL OR kept.article_id = EXCLUDED.article_id)
RETURNING id
"""


class AutosaveQuerySet(models.QuerySet):
    def keep(
        self, *, person, article, page: str, sequence: int, began_from, content: dict, breath=BREATH
    ) -> bool:
        """Keep what a page holds, in one statement; say whether it was kept.

        It is not where the page has sent something newer, or something a moment ago, or where its
        writer has too many forms open.
        """
        values = {
            "person": person.pk,
            "page": page,
            "article": article and article.pk,
            "sequence": sequence,
            "began_from": began_from,
            "content": json.dumps(content, ensure_ascii=False),
            "most": MOST_PAGES,
            "breath": breath,
        }
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, values)
            return cursor.fetchone() is not None

    def of(self, person):
        """What somebody has typed; nobody else ever sees it."""
        return self.filter(person=person)

    def of_page(self, person, page: str):
        """What one page of somebody's has sent."""
        return self.of(person).filter(page=page)

    def unsaved(self):
        """Typing that has become no revision."""
        return self.exclude(content={})

    def offered(self, person, article, *, besides=()):
        """What somebody left unsaved in a piece, or with None in new ones; the newest first."""
        rows = self.of(person).unsaved().filter(article=article).exclude(page__in=besides)
        return rows.order_by("-kept_at")

    def standing_in(self, articles):
        """In new pieces and in these, the newest first."""
        there = Q(article=None) | Q(article__in=articles)
        return self.filter(there).select_related("article").order_by("-kept_at")

    def silent(self, now=None):
        """Typing of pages that have said nothing for half an hour, and has not been tried yet.

        Not where its writer types on in another window: saving would come between them and it.
        """
        before = (now or Now()) - SILENCE
        awake = self.model.objects.unsaved().filter(
            person=OuterRef("person"), article=OuterRef("article"), seen_at__gte=before
        )
        silent = self.unsaved().filter(~Exists(awake), seen_at__lt=before, kept_because="")
        return silent.order_by("pk")

    def outlived(self, now=None):
        """What says that typing was saved, when no browser can come back with it."""
        return self.filter(content={}, seen_at__lt=(now or Now()) - REMEMBERED)


class Autosave(models.Model):
    """What the form of one page would post now. It is empty once that has been saved or dropped.

    A page is a form opened once, by the key its script gave it; so two tabs do not mix. Its row
    stays for some days, so that a browser that comes back late is told what became of it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="+"
    )
    article = models.ForeignKey(
        "articles.Article",
        models.CASCADE,
        verbose_name=_("article"),
        related_name="autosaves",
        null=True,
    )
    page = models.CharField(_("page"), max_length=36)
    sequence = models.PositiveBigIntegerField(_("number among what the page sent"))
    began_from = models.PositiveIntegerField(_("revision it began from"), null=True)
    content = models.JSONField(_("what was typed"), default=dict)
    kept_at = models.DateTimeField(_("kept at"), db_default=Now())
    seen_at = models.DateTimeField(_("page last heard of at"), db_default=Now())
    folded_revision = models.PositiveIntegerField(_("revision it was saved as"), null=True)
    kept_because = models.CharField(_("why it was not saved by itself"), max_length=10, blank=True)

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("typing not saved yet")
        verbose_name_plural = _("typing not saved yet")
        constraints = [
            models.UniqueConstraint(name="page_is_kept_once", fields=["person", "page"]),
            models.CheckConstraint(name="page_has_its_key", condition=~Q(page="")),
        ]
        indexes = [models.Index(name="autosave_by_seen_at", fields=["seen_at"])]
        triggers = [
            Refuse(
                name="typing_never_goes_back",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.sequence < OLD.sequence"),
                sentence="What was typed later is not overwritten by what was typed earlier",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.article_id or '-'} {self.page}"

    def is_caught_up(self, article) -> bool:
        """Say whether the last revision of a piece is what this very page had sent before."""
        return self.folded_revision is not None and self.folded_revision == article.revision


class SittingQuerySet(models.QuerySet):
    def over(self, now=None):
        """Sittings in which nothing has been saved or typed for half an hour."""
        before = (now or Now()) - SILENCE
        typing = Autosave.objects.unsaved().filter(
            article=OuterRef("article"), person=OuterRef("person"), seen_at__gte=before
        )
        return self.filter(~Exists(typing), is_open=True, saved_at__lt=before).order_by("pk")


class Sitting(models.Model):
    """Who saved a piece last, since when they have been at it, and whether a version owes it."""

    article = models.OneToOneField(
        "articles.Article", models.CASCADE, verbose_name=_("article"), related_name="sitting"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+"
    )
    began_at = models.DateTimeField(_("began at"), db_default=Now())
    saved_at = models.DateTimeField(_("last saved at"), db_default=Now())
    is_open = models.BooleanField(_("not a version yet"), default=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        indexes = [
            models.Index(name="sitting_to_fold", fields=["saved_at"], condition=Q(is_open=True))
        ]

    def __str__(self):
        return f"{self.article_id} {self.person_id}"
