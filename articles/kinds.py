"""The kinds a piece may be of, and what a name under it did."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    NEWS = "news", _("News")
    BRIEF = "brief", _("Brief")
    FEATURE = "feature", _("Feature")
    NOTICE = "notice", _("Notice")
    PHOTO_STORY = "photo_story", _("Photo story")
    CORRECTION_NOTICE = "correction_notice", _("Correction notice")


# Characters of the text that are usual for each kind.
LENGTHS = {
    Kind.NEWS: (300, 800),
    Kind.BRIEF: (40, 200),
    Kind.FEATURE: (800, 3000),
    Kind.NOTICE: (30, 1500),
    Kind.PHOTO_STORY: (0, 300),
    Kind.CORRECTION_NOTICE: (20, 300),
}


class Credit(models.TextChoices):
    """What somebody named did for the piece."""

    TEXT = "text", _("Text")
    PHOTO = "photo", _("Photos")
    BOTH = "both", _("Text and photos")
    VIDEO = "video", _("Video")
    EDITING = "editing", _("Editing")
