"""A whole newspaper to try the product with. Installed only on the embedded database."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "newsroom.demo"
    label = "demo"
    verbose_name = _("Demo")
