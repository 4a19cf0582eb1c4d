"""Pictures that are not ready to be shown, or that stand in the issue twice."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from issues.dryrun.facts import Facts, Found, Piece, about


def not_ready(issue: Facts) -> Iterator[Found]:
    """Find pictures without a file, or of which some files are still to be made."""
    unready = issue.unready
    for piece in issue.pieces:
        for picture in piece.words.pictures:
            facts = {"name": picture.name, "field": picture.field("caption")}
            facts["detail"] = str(picture.row)
            if not picture.is_there:
                said = _("“{title}”: the picture “{name}” has no file yet.")
                yield about(piece, said, **facts)
            elif picture.digest in unready:
                said = _("“{title}”: the files of the picture “{name}” are still being made.")
                yield about(piece, said, **facts)


def same_picture(issue: Facts) -> Iterator[Found]:
    """Find pictures that stand in the issue before, in the same piece or in another."""
    first: dict[str, Piece] = {}
    for piece in issue.pieces:
        for picture in piece.words.pictures:
            before = first.get(picture.digest)
            first.setdefault(picture.digest, piece)
            if before is None or not picture.digest:
                continue
            said = _("“{title}”: the picture “{name}” stands in “{other_title}”, too.")
            if before is piece:
                said = _("“{title}” shows the picture “{name}” twice.")
            yield about(
                piece,
                said,
                name=picture.name,
                other_title=before.title,
                detail=str(picture.row),
                field=picture.field("caption"),
                other=before.article,
            )
