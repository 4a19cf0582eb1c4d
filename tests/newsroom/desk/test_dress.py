"""The style sheet: what must agree with itself."""

import re
from pathlib import Path

SHEET = Path(__file__).resolve().parents[3] / "static" / "desk" / "desk.css"


def tokens(selector: str) -> dict[str, str]:
    """Return the variables that the first rule of a selector sets."""
    style = SHEET.read_text(encoding="utf-8")
    rule = re.search(re.escape(selector) + r" \{(.*?)\}", style, re.DOTALL)[1]
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", rule))


def test_dark_by_system_and_dark_by_choice_are_the_same_dark():
    system = tokens(':root:not([data-theme="light"])')
    assert system
    assert system == tokens('html[data-theme="dark"]')


def test_every_colour_of_the_light_has_its_dark():
    colours = {
        name
        for name, value in tokens(':root, html[data-theme="light"]').items()
        if value.startswith("#")
    }
    assert colours - set(tokens('html[data-theme="dark"]')) == set()
