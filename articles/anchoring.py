"""Where a paragraph that somebody quoted stands in a text that has been changed since."""

from dataclasses import dataclass

from articles.differences import changed_characters

# A paragraph of which half has been replaced is another one.
MOST_CHANGED = 0.5
# Paragraphs looked at around the old place; a text of a thousand would take seconds.
NEAR = 40


@dataclass(frozen=True)
class Spot:
    """The number of a paragraph, from 0, or None when it is gone; ``same`` word for word or not."""

    number: int | None
    same: bool = False

    @property
    def is_gone(self) -> bool:
        """Say whether the text has no such paragraph any more."""
        return self.number is None


def spot_of(quote: str, number: int, paragraphs: list[str]) -> Spot:
    """Find a quoted paragraph: word for word where it was or elsewhere, else the most like it."""
    by_distance = sorted(range(len(paragraphs)), key=lambda place: abs(place - number))
    for place in by_distance:
        if paragraphs[place] == quote:
            return Spot(place, same=True)
    shares = [(_changed(quote, paragraphs[place]), place) for place in by_distance[:NEAR]]
    least, place = min(shares, key=lambda pair: pair[0], default=(1.0, None))
    return Spot(place if least <= MOST_CHANGED else None)


def _changed(old: str, new: str) -> float:
    """Return the share of the longer paragraph that differs."""
    longest = max(len(old), len(new))
    if min(len(old), len(new)) < longest * (1 - MOST_CHANGED):
        return 1.0
    return changed_characters(old, new) / longest
