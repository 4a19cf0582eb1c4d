"""The standing lists: sections, tags, correspondents."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import triggers
from articles.models.following import SHELVES_FOLLOW_A_CORRESPONDENTS_NAME
from newsroom.people.guards import keeps_history, never_deleted
from newsroom.people.models import Unit, User


class SectionQuerySet(models.QuerySet):
    def in_use(self):
        """Sections pieces may be filed in."""
        return self.filter(retired=False)


@keeps_history()
class Section(models.Model):
    """A column of the site and the paper."""

    class ColumnType(models.TextChoices):
        """The column types of 国办发〔2017〕47号 a newspaper has a use for."""

        WORK = "工作动态", _("工作动态 news of work")
        POLICY = "政策文件", _("政策文件 policy documents")
        EXPLAINED = "政策解读", _("政策解读 policy explained")
        RESPONSE = "回应关切", _("回应关切 response to concerns")
        OVERVIEW = "概况信息", _("概况信息 overview")
        SERVICE = "办事服务", _("办事服务 services")
        SURVEY = "征集调查", _("征集调查 surveys")

    name = models.CharField(_("name"), max_length=20, unique=True)
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    description = models.CharField(_("description"), max_length=160, blank=True)
    keywords = models.CharField(_("keywords"), max_length=120, blank=True)
    column_type = models.CharField(
        _("column type"), max_length=10, choices=ColumnType, default=ColumnType.WORK
    )
    review_hours = models.PositiveSmallIntegerField(
        _("time for a round, in working hours"),
        null=True,
        blank=True,
        help_text=_("Empty: as long as everywhere in the newsroom."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(_("retired"), default=False)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_section_gives_a_round_1_to_200_hours",
                condition=Q(review_hours=None) | Q(review_hours__range=(1, 200)),
                violation_error_message=_("A round is given 1 to 200 working hours."),
            ),
        ]
        triggers = never_deleted("A section")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the section's public address."""
        return reverse("articles:section", args=[self.slug])


@keeps_history()
class Tag(models.Model):
    """A place, a person or a topic a piece is about."""

    class Kind(models.TextChoices):
        PLACE = "place", _("Place")
        PERSON = "person", _("Person")
        TOPIC = "topic", _("Topic")

    name = models.CharField(_("name"), max_length=30)
    kind = models.CharField(_("kind of tag"), max_length=6, choices=Kind, default=Kind.TOPIC)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                name="tag_is_unique_in_its_kind",
                fields=["kind", "name"],
                violation_error_message=_("There is such a tag already."),
            ),
        ]
        triggers = never_deleted("A tag")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the tag's public address."""
        return reverse("articles:tag", args=[self.pk])


class CorrespondentQuerySet(models.QuerySet):
    def named(self, name: str):
        """Correspondents who sign with a name; two people may share one."""
        return self.filter(name=name)

    def names_in_use(self):
        """The names of those who still write, each once."""
        return self.filter(retired=False).order_by("name").values_list("name", flat=True).distinct()

    def without_account(self):
        """Those who still write and cannot log in yet."""
        return self.filter(user=None, retired=False)

    def for_page(self):
        """With what their public page shows."""
        return self.select_related("unit")

    def known_to(self, user):
        """Whom a correspondent may name: themselves, and who wrote or photographed beside them."""
        beside = Q(bylines__article__bylines__correspondent__user=user)
        filed = Q(bylines__article__filed_by=user)
        shown = Q(photos__article__bylines__correspondent__user=user)
        in_filed = Q(photos__article__filed_by=user)
        return self.filter(Q(user=user) | filed | beside | shown | in_filed).distinct()


@keeps_history(exclude=("phone", "email"))
class Correspondent(models.Model):
    """A named contributor (通讯员, 记者); may have no account."""

    name = models.CharField(_("full name"), max_length=40)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        verbose_name=_("unit"),
        related_name="correspondents",
        null=True,
        blank=True,
    )
    user = models.OneToOneField(
        User,
        models.PROTECT,
        verbose_name=_("account"),
        related_name="correspondent",
        null=True,
        blank=True,
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    retired = models.BooleanField(_("retired"), default=False)

    objects = CorrespondentQuerySet.as_manager()

    class Meta:
        verbose_name = _("correspondent")
        verbose_name_plural = _("correspondents")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="correspondent_has_a_name", condition=~models.Q(name="")),
        ]
        triggers = [
            *never_deleted("A correspondent"),
            pgtrigger.Trigger(
                name="search_follows_a_name",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("name"),
                func=triggers.SEARCH_FOLLOWS_A_CORRESPONDENTS_NAME,
            ),
            pgtrigger.Trigger(
                name="shelves_follow_a_name",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("name"),
                func=SHELVES_FOLLOW_A_CORRESPONDENTS_NAME,
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the correspondent's public address."""
        return reverse("articles:correspondent", args=[self.pk])
