"""What readers leave with us: error reports, newsletter, counts; and the old addresses they use."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadersConfig(AppConfig):
    name = "newsroom.readers"
    label = "readers"
    verbose_name = _("Readers")
