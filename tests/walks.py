"""Walks through every state: a few of them with every run, all of them before a change is taken."""

from collections.abc import Collection, Iterable

import pytest


def walked(states: Iterable[str], always: Collection[str]) -> list:
    """Return states as parameters; all but those in ``always`` wait for ``make check``."""
    return [
        pytest.param(state, marks=[] if state in always else [pytest.mark.exhaustive])
        for state in states
    ]
