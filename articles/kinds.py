"""The kinds a piece may be of, what a name under it did, and what a file beside it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    NEWS = "news", _("News")
    BRIEF = "brief", _("Brief")
    FEATURE = "feature", _("Feature")
    NOTICE = "notice", _("Notice")
    PHOTO_STORY = "photo_story", _("Photo story")
    CORRECTION_NOTICE = "correction_notice", _("Correction notice")


class Lasting(models.TextChoices):
    """What stands for good at an address with a name of its own, and never among the news."""

    PAGE = "page", pgettext_lazy("kind", "Page of the site")
    TOPIC = "topic", pgettext_lazy("kind", "Topic page")


# All that a piece may be. Forms of news offer the kinds of news alone.
ANY_KIND = [*Kind.choices, *Lasting.choices]


def kind_label(value: str) -> str:
    """Return what people call a kind, of news or lasting."""
    return str(dict(ANY_KIND)[value])


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


class FileKind(models.TextChoices):
    """What an attached file is; the value is the ending of its name."""

    PDF = "pdf", _("PDF file")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel table")
    PPTX = "pptx", _("PowerPoint slides")

    @property
    def content_type(self) -> str:
        """Its exact media type, as browsers are told."""
        office = "application/vnd.openxmlformats-officedocument."
        return {
            FileKind.PDF: "application/pdf",
            FileKind.DOCX: f"{office}wordprocessingml.document",
            FileKind.XLSX: f"{office}spreadsheetml.sheet",
            FileKind.PPTX: f"{office}presentationml.presentation",
        }[self]
