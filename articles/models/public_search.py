"""What residents find pieces by: the words of sealed versions, one row for each piece."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from articles import triggers
from articles.models.article import Article
from articles.models.directory import Section
from articles.models.versions import Version
from newsroom.people.guards import never_deleted


class PublicEntryQuerySet(models.QuerySet):
    def write_again(self, low: int, high: int) -> int:
        """Write the entries of pieces between two keys anew; return how many there are.

        Rows are locked one batch at a time, and none is missing in between: readers find what
        stood there before.
        """
        sealed = self.model.article.field.related_model.objects.filter(
            sealed__isnull=False, pk__gte=low, pk__lte=high
        )
        with transaction.atomic(using=self.db):
            written = self.filter(article__gte=low, article__lte=high).update(text="")
            missing = list(sealed.filter(public_entry=None).values_list("pk", flat=True))
            self.bulk_create([self.model(article_id=key, names=[]) for key in missing])
        return written + len(missing)


class PublicEntry(models.Model):
    """The words of the version a piece goes out in, as a resident's query is compared with them.

    A trigger on this very table writes every field, whatever is sent: a row cannot say anything
    but what was sealed. Whether a piece is live is not kept here. It is asked of the piece and
    its release by each search, at its instant (``articles_public_matching``).
    """

    article = models.OneToOneField(
        Article,
        models.PROTECT,
        verbose_name=_("article"),
        related_name="public_entry",
    )
    version = models.ForeignKey(
        Version, models.PROTECT, verbose_name=_("version"), related_name="+"
    )
    section = models.ForeignKey(
        Section, models.PROTECT, verbose_name=_("section"), related_name="+", null=True
    )
    month = models.IntegerField(
        _("month of its hour"), null=True, help_text=_("Such as 202312, in UTC; only for speed.")
    )
    headline = models.TextField(_("headline"))
    deck = models.TextField(_("deck"))
    names = ArrayField(models.TextField(), verbose_name=_("names"))
    text = models.TextField(_("text"))
    # Nothing can be found before it has an hour.
    lexemes = models.GeneratedField(
        verbose_name=_("lexemes"),
        expression=Func(
            F("headline"),
            F("deck"),
            F("text"),
            F("names"),
            F("section"),
            F("month"),
            function="articles_public_lexemes",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PublicEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("public search entry")
        verbose_name_plural = _("public search entries")
        indexes = [GinIndex(name="public_search_by_lexemes", fields=["lexemes"], fastupdate=False)]
        triggers = [
            *never_deleted("What residents find pieces by"),
            pgtrigger.Trigger(
                name="entry_says_what_was_sealed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("found", "record")],
                func=triggers.ENTRY_SAYS_WHAT_WAS_SEALED,
            ),
        ]

    def __str__(self):
        return f"#{self.article_id}"
