"""What a first view of the site may weigh."""

import gzip
from pathlib import Path

import pytest

SITE = Path(__file__).resolve().parents[1] / "static" / "site"
SHEET_BYTES = 25_000  # compressed
SCRIPT_BYTES = 3_000  # compressed


def test_the_one_style_sheet_stays_small():
    assert len(gzip.compress((SITE / "site.css").read_bytes(), 6)) <= SHEET_BYTES


@pytest.mark.parametrize("script", sorted(SITE.glob("*.js")), ids=lambda file: file.name)
def test_every_script_stays_small(script):
    assert len(gzip.compress(script.read_bytes(), 6)) <= SCRIPT_BYTES


def test_nothing_is_fetched_from_elsewhere():
    for file in [*SITE.glob("*.css"), *SITE.glob("*.js")]:
        words = file.read_text()
        assert "@import" not in words, file.name
        assert "@font-face" not in words, file.name
        assert "url(http" not in words, file.name
