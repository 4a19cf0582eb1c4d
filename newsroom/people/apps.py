"""The ground floor: people, units, roles, site settings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "newsroom.people"
    label = "people"
    verbose_name = _("People and settings")
