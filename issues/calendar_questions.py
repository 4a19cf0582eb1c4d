"""The questions about many rules, single days and templates of the publication calendar."""

from datetime import date

from django.db import models
from django.db.models import Q


class ScheduleQuerySet(models.QuerySet):
    def between(self, first: date, end: date):
        """Rules in force on some day from one day up to another."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=first), starts_on__lt=end)

    def current_first(self):
        """With their templates, the latest begun first."""
        return self.select_related("template").order_by("-starts_on", "-pk")


class SpecialDayQuerySet(models.QuerySet):
    def between(self, first: date, end: date):
        """What was decided for days from one day up to another, and stands."""
        return self.exclude(appears="rule").filter(day__gte=first, day__lt=end).order_by("day")


class PageTemplateQuerySet(models.QuerySet):
    def offered(self):
        """Templates that can be chosen for new issues."""
        return self.filter(is_offered=True).order_by("name")
