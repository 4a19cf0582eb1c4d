"""What is wrong with a file that cannot be taken, in a sentence that says what to do."""

from django.utils.translation import gettext as _


class UnreadableDocumentError(ValueError):
    """A file that cannot be filed as a piece; the message tells its sender what to do."""


def damaged() -> UnreadableDocumentError:
    """The container or its XML is broken, or made up by somebody who means no piece."""
    return UnreadableDocumentError(
        _(
            "The file is damaged or arrived incomplete. Open it in Word or WPS, save it again"
            " as .docx and send that."
        )
    )


def too_big(limit: int) -> UnreadableDocumentError:
    """The file, or what it unpacks to, is more than ``limit`` MB."""
    return UnreadableDocumentError(
        _(
            "The file is larger than {limit} MB. Make its pictures smaller, or send them"
            " separately."
        ).format(limit=limit)
    )


def too_complicated() -> UnreadableDocumentError:
    """More parts, elements or levels than any piece has."""
    return UnreadableDocumentError(
        _(
            "The file is built in a way no piece is. Copy its text into a new document, save"
            " that as .docx and send it."
        )
    )


def too_many_pictures(limit: int) -> UnreadableDocumentError:
    """More pictures than a piece takes."""
    return UnreadableDocumentError(
        _(
            "There are more than {limit} pictures in the file. Leave the best in it, or send it"
            " in parts."
        ).format(limit=limit)
    )


def too_long() -> UnreadableDocumentError:
    """More text than the form of a piece takes."""
    return UnreadableDocumentError(_("The text is longer than a piece can be. Send it in parts."))
