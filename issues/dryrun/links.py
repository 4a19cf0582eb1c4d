"""Where the links in the texts lead: to ourselves, or outside; and whether that answers."""

from collections.abc import Collection, Iterable, Iterator
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from django.utils.translation import gettext as _

from articles.markup import link_targets
from issues.dryrun.facts import Facts, Found, Piece, about
from issues.knocking import Problem

MISSING, NOT_YET, GONE, DESK = "missing", "not yet", "gone", "desk"
_NAMED = 3  # links that a sentence names
_WEB = ("", "http", "https")
_SOMEWHERE = "/articles/1/"  # what a link without a slash begins from


def dead_links(issue: Facts) -> Iterator[Found]:
    """Find links to pages of ours that residents cannot read when the issue is out."""
    whys = {
        MISSING: _("there is no such page"),
        NOT_YET: _("that is not out when the issue is"),
        GONE: _("that has been withdrawn"),
        DESK: _("that is a page of the desk"),
    }
    for piece in issue.pieces:
        for target in dict.fromkeys(link_targets(piece.words.body)):
            if why := issue.unanswered.get(target):
                said = _("“{title}” links to {target}: {why}.")
                yield about(piece, said, target=target, why=whys[why], detail=target)


def links_untried(issue: Facts) -> Iterator[Found]:
    """Name the links to other sites that have not been tried lately."""
    for piece in issue.pieces:
        theirs = [target for target in _outside(piece, issue) if target not in issue.tried]
        if theirs:
            said = _("“{title}” links to other sites, which have not been tried: {targets}")
            named = "、".join(theirs[:_NAMED]) + ("……" if len(theirs) > _NAMED else "")
            yield about(piece, said, targets=named, detail=" ".join(theirs))


def links_silent(issue: Facts) -> Iterator[Found]:
    """Find the links to other sites that gave no page when they were last tried."""
    whys = {
        Problem.NO_ADDRESS: _("that is no address of a page"),
        Problem.INSIDE: _("that is not on the public Internet"),
        Problem.UNKNOWN: _("there is no such site"),
        Problem.UNREACHABLE: _("the site cannot be reached"),
        Problem.SILENT: _("the site did not answer in time"),
        Problem.CERTIFICATE: _("its certificate is not valid"),
        Problem.GARBLED: _("its answer makes no sense"),
        Problem.CIRCLE: _("it leads in a circle"),
    }
    for piece in issue.pieces:
        for target in _outside(piece, issue):
            link = issue.tried.get(target)
            if link is not None and not link.is_answered:
                answered = _("it answers {status}").format(status=link.status)
                said = _("“{title}” links to {target}: {why}.")
                why = whys.get(link.problem, answered)
                yield about(piece, said, target=target, why=why, detail=target)


def _outside(piece: Piece, issue: Facts) -> list[str]:
    """Return the links of a piece to other sites, each once."""
    targets = dict.fromkeys(link_targets(piece.words.body))
    return [target for target in targets if is_outside(target, issue.hosts)]


def targets_of(pieces: Iterable[Piece]) -> set[str]:
    """Return where the links of some pieces lead."""
    return {target for piece in pieces for target in link_targets(piece.words.body)}


def path_of(target: str, hosts: Collection[str]) -> str | None:
    """Return the address of a page of ours that a link leads to; None where it leads elsewhere.

    ``hosts`` are the names of our own site.
    """
    parts = _split(target)
    if parts is None or parts.scheme not in _WEB or not (parts.netloc or parts.path):
        return None
    if parts.netloc and (parts.hostname or "") not in hosts:
        return None
    return urljoin(_SOMEWHERE, unquote(parts.path) or "/")


def is_outside(target: str, hosts: Collection[str]) -> bool:
    """Say whether a link leads to a page of another site."""
    parts = _split(target)
    return parts is None or bool(
        parts.scheme in _WEB and parts.netloc and (parts.hostname or "") not in hosts
    )


def _split(target: str) -> SplitResult | None:
    try:
        return urlsplit(target.strip())
    except ValueError:  # http://[
        return None
