"""The top floor: what looks across writing and publishing."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "newsroom.desk"
    label = "desk"
    verbose_name = _("Desk")


class NewsroomAdminConfig(admin_apps.AdminConfig):
    """The stock admin, with the desk as its site."""

    default = False
    default_site = "newsroom.desk.site.DeskSite"
