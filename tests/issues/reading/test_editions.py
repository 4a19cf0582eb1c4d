"""How well whole editions read, compared with what a careful sub-editor expected."""

from collections import Counter

import pytest

from issues.reading import lost_characters

from .scoring import OWN_EDITIONS, SHARED_EDITIONS, load, rate, score, table

OWN = sorted(OWN_EDITIONS.glob("*.txt"))
SHARED = sorted(SHARED_EDITIONS.glob("*.txt"))
NEEDED = {"dev-*.txt": 0.95, "blind-*.txt": 0.95, "fresh-*.txt": 0.95}


def total(paths):
    hits, misses, details = Counter(), Counter(), []
    for path in paths:
        hit, missed, found = score(path)
        hits.update(hit)
        misses.update(missed)
        details.extend(found)
    return hits, misses, details


@pytest.mark.skipif(not SHARED, reason="the shared editions are not here")
@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.stem)
def test_shared_edition_reads_exactly(path):
    _hits, misses, details = score(path)
    assert details == []
    assert misses["lost"] == misses["extra"] == 0


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_no_character_of_an_edition_is_lost(path):
    text, edition, _expected = load(path)
    assert lost_characters(text, edition) == ""


@pytest.mark.skipif(not OWN, reason="the invented editions are not here")
@pytest.mark.parametrize("pattern", NEEDED)
def test_headlines_and_bylines_reach_the_needed_share(pattern, capsys):
    paths = [path for path in OWN if path.match(pattern)]
    hits, misses, _details = total(paths)
    with capsys.disabled():
        print(f"\n{pattern}: {len(paths)} editions", *table(hits, misses), sep="\n  ")  # noqa: T201
    assert rate(hits, misses, "headline") >= NEEDED[pattern]
    assert rate(hits, misses, "bylines") >= NEEDED[pattern]
