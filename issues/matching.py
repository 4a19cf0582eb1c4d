"""What earlier imports of an issue left behind, and which piece of a new one is which article."""

from collections import Counter

from articles.models import Article
from issues.drafting import opening_of
from issues.models import EditionImport, ImportedPiece, Issue
from issues.reading.pieces import Piece

_BEGINNING = ImportedPiece._meta.get_field("beginning").max_length


def beginning_of(piece: Piece) -> str:
    """Return what a piece is recognised by when its text has changed."""
    return (piece.headline or opening_of(piece))[:_BEGINNING]


def _made_of(record: EditionImport) -> tuple:
    return tuple(record.proposal.get(name) or None for name in ("edition", "left_out", "names"))


class EarlierImports:
    """The confirmed imports of an issue, asked for once."""

    def __init__(self, issue: Issue):
        """Look up what was imported into an issue, and in which revision it was left."""
        self.imports = list(issue.imports.exclude(confirmed_at=None).order_by("pk").defer("text"))
        self.left: dict[int, tuple[str, int]] = {}
        for earlier in self.imports:
            for article, (fingerprint, revision) in earlier.proposal.get("written", {}).items():
                self.left[int(article)] = (fingerprint, revision)
        self.pieces = list(issue.imported_pieces.select_related("article").order_by("pk"))

    def has_taken(self, record: EditionImport) -> bool:
        """Say whether this text is here already, and what a person made of it is the same."""
        mended = record.pk is not None
        return any(
            earlier.digest == record.digest
            and (not mended or _made_of(earlier) == _made_of(record))
            for earlier in self.imports
        )

    def current(self, article: Article) -> str:
        """Return the fingerprint of the piece that the last import put into a draft."""
        return self.left.get(article.pk, ("", 0))[0]

    def is_untouched(self, article: Article) -> bool:
        """Say whether a draft is still as the last import left it."""
        revision = self.left.get(article.pk, ("", -1))[1]
        return article.status == Article.Status.DRAFT and article.revision == revision

    def match(self, pieces: list[Piece]) -> list[Article | None]:
        """Return the article of each piece: by content, else by headline, else by beginning."""
        found: list[Article | None] = [None] * len(pieces)
        ways = (
            (lambda piece: piece.fingerprint, lambda row: row.fingerprint),
            (beginning_of, lambda row: row.beginning),
            (opening_of, lambda row: next(iter(row.article.paragraphs), "")),
        )
        for of_piece, of_row in ways:
            self._match_by(pieces, found, of_piece, of_row)
        return found

    def _match_by(self, pieces, found, of_piece, of_row) -> None:
        """Fill in what one way recognises, where it points to one piece and one article only."""
        taken = {article.pk for article in found if article}
        known: dict[str, dict[int, Article]] = {}
        for row in self.pieces:
            if row.article_id not in taken and of_row(row):
                known.setdefault(of_row(row), {})[row.article_id] = row.article
        keys = [None if found[at] else of_piece(piece) for at, piece in enumerate(pieces)]
        counts = Counter(keys)
        for at, key in enumerate(keys):
            articles = known.get(key, {})
            if key and counts[key] == 1 and len(articles) == 1:
                found[at] = next(iter(articles.values()))
