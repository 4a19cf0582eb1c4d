"""What editors made of a piece: as its author handed it in against as it was signed."""

from dataclasses import dataclass

from django.db.models import Q

from articles.comparing import Place, places
from articles.models import Act, Article, Version
from articles.sealing import covered_by_version


@dataclass(frozen=True)
class Coaching:
    """Two versions of a piece, what lies between them, and figures an author learns from.

    ``cut`` and ``added`` count characters of the text, ``moved`` its paragraphs; ``share`` is how
    many of a hundred characters stand as they were handed in.
    """

    handed_in: Version
    signed: Version
    changes: list[Place]
    cut: int
    added: int
    moved: int
    share: int

    @property
    def headline_changed(self) -> bool:
        """Say whether another headline stands over it."""
        return any(place.kind == "headline" for place in self.changes)

    @property
    def photos_changed(self) -> int:
        """Count the places of photographs that changed."""
        return sum(place.kind == "photo" for place in self.changes)


def handed_in(article: Article, *, first: bool = False) -> Version | None:
    """Return what an author of a sealed piece handed in before it was sealed: last, or first."""
    if article.sealed is None:
        return None
    authors = Q(by=article.filed_by_id) | Q(by__correspondent__bylines__article=article)
    acts = Act.objects.filter(
        authors | Q(by=article.kept_by_id),
        article=article,
        verb="submit",
        version__number__lte=article.sealed.number,
    )
    act = acts.select_related("version").order_by("pk" if first else "-pk").first()
    return act.version if act else None


def coached(article: Article, *, first: bool = False) -> Coaching | None:
    """Return what was changed of a sealed piece, or None where no author of it handed it in."""
    begun = handed_in(article, first=first)
    if begun is None:
        return None
    changes = [place for place in places(_told(begun), _told(article.sealed)) if not place.same]
    text = [part for place in changes if place.kind == "text" for part in place.parts]
    cut = sum(_characters(old) for kind, old, _new in text if kind not in ("equal", "moved"))
    added = sum(_characters(new) for kind, _old, new in text if kind not in ("equal", "moved"))
    kept = begun.characters - cut
    return Coaching(
        begun,
        article.sealed,
        changes,
        cut=cut,
        added=added,
        moved=sum(place.moved for place in changes if place.kind == "text"),
        share=round(100 * kept / begun.characters) if begun.characters else 0,
    )


def _told(version: Version) -> dict:
    return covered_by_version(version) | {"section_name": str(version.section or "")}


def _characters(text: str) -> int:
    return sum(not char.isspace() for char in text)
