"""The demo's material as it lies on disk: people, sections, editions, pictures."""

import json
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
PHOTOS = HERE / "photos"
WEEKDAYS = "一二三四五六日"
_PLACEHOLDER = re.compile(r"\{([dDwym]):([+-]?\d+)\}")


def read(name: str) -> list[dict]:
    """Return one of the lists: people, units, sections, loose."""
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def dated(text: str, day: date) -> str:
    """Return the text with its dates counted from ``day``, the date of the issue.

    ``{d:-1}`` is month and day of the day before, ``{D:-1}`` its day, ``{w:0}`` the weekday,
    ``{m:0}`` the month, ``{y:0}`` the year.
    """

    def write(match: re.Match) -> str:
        then = day + timedelta(days=int(match[2]))
        return {
            "d": f"{then.month}月{then.day}日",
            "D": f"{then.day}日",
            "w": f"星期{WEEKDAYS[then.weekday()]}",
            "m": f"{then.month}月",
            "y": f"{then.year}",
        }[match[1]]

    return _PLACEHOLDER.sub(write, text)


@dataclass(frozen=True)
class Edition:
    """A raw edition text and what an editor would add to its pieces, for one date."""

    name: str
    text: str
    plan: dict[str, dict] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, day: date) -> "Edition":
        """Read an edition for a date."""
        folder = HERE / "editions"
        text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        raw = (folder / f"{name}.plan.json").read_text(encoding="utf-8")
        plan = json.loads(dated(raw, day))
        return cls(name, dated(text, day), {_key(title): more for title, more in plan.items()})

    def plan_of(self, *titles: str) -> dict:
        """Return what the plan says of a piece, found by its headline or how it begins."""
        for title in titles:
            for key, more in self.plan.items():
                if title and (_key(title) == key or _key(title).startswith(key)):
                    return more
        return {}


def _key(title: str) -> str:
    return re.sub(r"[\s|]", "", title)
