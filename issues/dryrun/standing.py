"""Whether each piece may go out at all: signed, in its newest words, not stopped by anything."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from issues.dryrun.facts import Facts, Found, about


def unsigned(issue: Facts) -> Iterator[Found]:
    """Find the pieces that are not signed off, or no longer: a signature was taken back."""
    for piece in issue.pieces:
        if not piece.is_sealed:
            said = _("“{title}” is not signed off ({status}).")
            yield about(piece, said, status=piece.status)
        elif piece.lost_signature:
            said = _("Somebody took their signature of “{title}” back; it must be signed again.")
            yield about(piece, said)


def withdrawn(issue: Facts) -> Iterator[Found]:
    """Find the pieces that have been withdrawn."""
    for piece in issue.pieces:
        if piece.is_withdrawn:
            yield about(piece, _("“{title}” has been withdrawn."))


def held(issue: Facts) -> Iterator[Found]:
    """Find the pieces with an hour of their own that is not set, or held."""
    for piece in issue.pieces:
        if piece.is_held:
            yield about(piece, _("“{title}” is held by itself."))


def elsewhere(issue: Facts) -> Iterator[Found]:
    """Find the pieces that another issue still to come brings out."""
    for piece in issue.pieces:
        if piece.comes_elsewhere:
            yield about(piece, _("“{title}” stands in another issue that is not out yet."))


def left_out(issue: Facts) -> Iterator[Found]:
    """Find the pieces that stand on its pages and were left out of it after it was closed."""
    for piece in issue.left_out:
        yield about(piece, _("“{title}” has been left out: the issue goes out without it."))


def newer_version(issue: Facts) -> Iterator[Found]:
    """Find the signed pieces of which a newer version waits for its signatures."""
    for piece in issue.pieces:
        if piece.is_sealed and piece.has_newer and not piece.lost_signature:
            said = _("“{title}” has a newer version that is not signed; the signed one goes out.")
            yield about(piece, said)
