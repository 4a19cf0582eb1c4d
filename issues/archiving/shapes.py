"""Shapes of values that came from outside: each takes what is meant and names what is not.

Knows nothing of what the values say; ``schema`` puts shapes together.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

HIGHEST = 2**31 - 1
HIGHEST_KEY = 2**53  # as JSON can tell it apart everywhere
FIRST_YEAR, LAST_YEAR = 1900, 2999


class WrongShapeError(Exception):
    """A value of another shape; the message says where it stands."""


@dataclass(frozen=True)
class Text:
    """Words of at most so many characters, or one of some words."""

    most: int = 200
    choices: tuple[str, ...] = ()
    pattern: str = ""

    def check(self, value: Any, at: str) -> str:
        """Return the words."""
        fine = isinstance(value, str) and len(value) <= self.most and _is_plain(value)
        if not fine or (self.choices and value not in self.choices):
            raise WrongShapeError(at)
        if self.pattern and not re.fullmatch(self.pattern, value, re.ASCII):
            raise WrongShapeError(at)
        return value


@dataclass(frozen=True)
class Number:
    """A whole number between two."""

    least: int = 0
    most: int = HIGHEST

    def check(self, value: Any, at: str) -> int:
        """Return the number."""
        if type(value) is not int or not self.least <= value <= self.most:
            raise WrongShapeError(at)
        return value


class Share:
    """A part of one."""

    def check(self, value: Any, at: str) -> float:
        """Return the share."""
        if type(value) not in (int, float) or not 0 <= value <= 1:
            raise WrongShapeError(at)
        return float(value)


class Yes:
    """Yes or no."""

    def check(self, value: Any, at: str) -> bool:
        """Return which."""
        if not isinstance(value, bool):
            raise WrongShapeError(at)
        return value


class Moment:
    """An instant in UTC."""

    def check(self, value: Any, at: str) -> datetime:
        """Return the instant."""
        try:
            moment = datetime.fromisoformat(value)
            day = moment.astimezone(UTC).date()
        except (TypeError, ValueError, OverflowError):
            raise WrongShapeError(at) from None
        if moment.utcoffset() is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise WrongShapeError(at)
        return moment


class Day:
    """A day of the calendar."""

    def check(self, value: Any, at: str) -> date:
        """Return the day."""
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            raise WrongShapeError(at) from None
        if day.isoformat() != value or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise WrongShapeError(at)
        return day


@dataclass(frozen=True)
class Maybe:
    """Something, or nothing."""

    shape: Any

    def check(self, value: Any, at: str) -> Any:
        """Return what it is, or None."""
        return None if value is None else self.shape.check(value, at)


class Row:
    """A list in which each place has its own shape; the last ``optional`` ones may be missing."""

    def __init__(self, *shapes, optional: int = 0):
        self.shapes, self.least = shapes, len(shapes) - optional

    def check(self, value: Any, at: str) -> list:
        """Return what stands in it."""
        if not isinstance(value, list) or not self.least <= len(value) <= len(self.shapes):
            raise WrongShapeError(at)
        pairs = zip(self.shapes, value, strict=False)
        return [shape.check(each, f"{at}[{n}]") for n, (shape, each) in enumerate(pairs)]


@dataclass(frozen=True)
class Several:
    """A list of the same."""

    shape: Any
    most: int = 500

    def check(self, value: Any, at: str) -> list:
        """Return all of them."""
        if not isinstance(value, list) or len(value) > self.most:
            raise WrongShapeError(at)
        return [self.shape.check(each, f"{at}[{n}]") for n, each in enumerate(value)]


@dataclass(frozen=True)
class Keyed:
    """Things of one kind by the keys they had where they were archived."""

    shape: Any
    most: int = 2000

    def check(self, value: Any, at: str) -> dict[int, Any]:
        """Return them by their keys."""
        if not isinstance(value, dict) or len(value) > self.most:
            raise WrongShapeError(at)
        if not all(re.fullmatch(r"[1-9]\d{0,15}", key, re.ASCII) for key in value):
            raise WrongShapeError(at)
        return {int(key): self.shape.check(each, f"{at}.{key}") for key, each in value.items()}


class Shape:
    """Named things, all of them and no others; some names may be left out."""

    def __init__(self, **parts):
        self.parts, self.optional = parts, frozenset()

    def may_lack(self, *names: str) -> "Shape":
        """Return the shape, some names of which may be left out."""
        self.optional = frozenset(names)
        return self

    def check(self, value: Any, at: str) -> dict:
        """Return each by its name."""
        if not isinstance(value, dict):
            raise WrongShapeError(at)
        unknown = value.keys() - self.parts.keys()
        lacking = self.parts.keys() - value.keys() - self.optional
        for name in sorted(unknown | lacking):
            raise WrongShapeError(f"{at}.{name[:40]}")
        return {
            name: shape.check(value[name], f"{at}.{name}")
            for name, shape in self.parts.items()
            if name in value
        }


def _is_plain(text: str) -> bool:
    """Say whether the database can keep a text: no character 0, no half of a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
