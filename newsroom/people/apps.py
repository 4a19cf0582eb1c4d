"""The ground floor: people, units, roles, site settings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.apps import ProcrastinateConfig


class PeopleConfig(AppConfig):
    name = "newsroom.people"
    label = "people"
    default = True  # of the two here; Django would else make up one, with an English name
    verbose_name = _("People and settings")


class QueueConfig(ProcrastinateConfig):
    """The queue of tasks, under a name of our own."""

    verbose_name = _("Tasks")
