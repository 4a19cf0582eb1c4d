"""Compare a reading of an edition with what a careful sub-editor expected, field by field."""

import json
from collections import Counter
from pathlib import Path

from issues.reading import decode, lost_characters, read_edition
from issues.reading.characters import fold

REPOSITORY = Path(__file__).resolve().parents[3]
OWN_EDITIONS = REPOSITORY / "tests" / "editions"
SHARED_EDITIONS = REPOSITORY.parent / "shared" / "editions"
TITLES = ("headline", "kicker", "deck", "column_label")
PEOPLE = ("bylines", "photo_credits")
FIELDS = (
    *TITLES,
    *PEOPLE,
    "page",
    "dateline",
    "paragraphs",
    "headings",
    "first_words",
    "last_words",
    "kind",
)
_KINDS = {
    "photo news": "photo_story",
    "photo page": "photo_story",
    "correction": "correction_notice",
}


def load(path):
    """Give (text, edition, expectation) of a text file with an expected file beside it."""
    text = decode(path.read_bytes())
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return text, read_edition(text), expected


def score(path):
    """Give (hits, misses, details): counters per field and a line for every miss."""
    text, edition, expected = load(path)
    hits, misses, details = Counter(), Counter(), []
    pairs, extra = _align(expected["articles"], list(edition.pieces))
    for wanted, piece in pairs:
        for field in FIELDS:
            verdict = None if piece is None else _agrees(field, wanted, piece)
            if verdict is None and piece is not None:
                continue
            (hits if verdict else misses)[field] += 1
            if not verdict:
                details.append((path.stem, field, _name(wanted), _shown(field, wanted, piece)))
        _score_gaps(wanted, piece, hits, misses, details, path)
    hits["found"] += sum(piece is not None for _wanted, piece in pairs)
    misses["found"] += sum(piece is None for _wanted, piece in pairs)
    misses["extra"] += len(extra)
    details.extend(
        (path.stem, "extra", repr(piece.headline), piece.paragraphs[:1]) for piece in extra
    )
    misses["lost"] += len(lost_characters(text, edition))
    return hits, misses, details


def _score_gaps(wanted, piece, hits, misses, details, path):
    marked = (
        []
        if piece is None
        else [
            fold(warning.quote)
            for warning in piece.warnings
            if warning.code in ("text_lost", "opening_lost", "ending_lost")
        ]
    )
    for gap in wanted.get("gaps", ()):
        near = fold(gap["near"])[:4]
        found = any(near in quote for quote in marked)
        (hits if found else misses)["gaps"] += 1
        if not found:
            details.append((path.stem, "gaps", _name(wanted), gap))
    # Some warnings beyond the certain losses are wanted; many would be noise.
    misses["gap_alarms"] += max(0, len(marked) - len(wanted.get("gaps", ())))


def _align(wanted, pieces):
    pairs = []
    for article in wanted:
        best = next((piece for piece in pieces if _same(article, piece)), None)
        if best:
            pieces.remove(best)
        pairs.append((article, best))
    return pairs, pieces


def _same(article, piece):
    first = fold(article["first_words"])[:10]
    words = "".join(map(fold, piece.paragraphs[:1])) or "".join(
        fold(caption.text) for caption in piece.captions[:1]
    )
    return bool(first) and words.startswith(first)


def _agrees(field, wanted, piece):
    if field in TITLES:
        return _title_agrees(field, wanted, piece)
    if field in PEOPLE:
        return _people(getattr(piece, field)) in _options(field, wanted, _people_wanted)
    if field == "paragraphs":
        return _count_agrees(wanted, piece)
    if field == "headings":
        return _headings_agree(wanted, piece)
    if field in ("first_words", "last_words"):
        return _words_agree(field, wanted, piece)
    if field not in wanted:
        return None
    if field == "kind":
        wanted_kinds = _options(field, wanted, lambda kind: _KINDS.get(kind.split(" (")[0], kind))
        same = piece.kind in wanted_kinds or (piece.kind == "feature" and "news" in wanted_kinds)
        return same
    return _text(getattr(piece, field)) in _options(field, wanted, _text)


def _options(field, wanted, read):
    options = [wanted.get(field), *wanted.get(f"{field}_alternatives", ())]
    return [read(option) for option in options if not isinstance(option, dict)]


def _title_agrees(field, wanted, piece):
    values = _options(field, wanted, _text)
    sets = [item for item in wanted.get("headline_alternatives", ()) if isinstance(item, dict)]
    got = _text(getattr(piece, field))
    if got in values:
        return True
    return any(
        got == _text(item.get(field, wanted.get(field))) and _all_of(item, wanted, piece)
        for item in sets
    )


def _all_of(item, wanted, piece):
    return all(
        _text(getattr(piece, field)) == _text(item.get(field, wanted.get(field)))
        for field in ("headline", "kicker", "deck")
    )


def _count_agrees(wanted, piece):
    count = wanted.get("paragraphs_count", wanted.get("paragraphs_count_after_rejoining"))
    counts = {count, *wanted.get("paragraphs_count_alternatives", ())}
    headings = len(wanted.get("subheadings", ()))
    return len(piece.paragraphs) in counts | {count + headings}


def _headings_agree(wanted, piece):
    return _headings(piece) == [_text(line) for line in wanted.get("subheadings", ())]


def _headings(piece):
    return [_text(piece.paragraphs[index]) for index in piece.headings]


def _words_agree(field, wanted, piece):
    if not piece.paragraphs:
        return None
    got = fold(piece.paragraphs[0 if field == "first_words" else -1])
    for option in _options(field, wanted, fold):
        if got.startswith(option) if field == "first_words" else got.endswith(option):
            return True
    return False


def _text(value):
    return fold(str(value)) if value is not None else None


def _people(credits):
    return [(credit.role, credit.name) for credit in credits]


def _people_wanted(people):
    return [(person["role"], person["name"]) for person in people or ()]


def _name(wanted):
    return wanted.get("headline") or wanted["first_words"]


def _shown(field, wanted, piece):
    if piece is None:
        return "not found"
    if field == "paragraphs":
        return [paragraph[:12] for paragraph in piece.paragraphs]
    if field == "headings":
        return wanted.get("subheadings", []), _headings(piece)
    if field in ("first_words", "last_words"):
        edge = piece.paragraphs[0][:20] if field == "first_words" else piece.paragraphs[-1][-20:]
        return wanted[field], edge
    return wanted.get(field), getattr(piece, field)


def rate(hits, misses, field):
    """Give the share of a field that was right."""
    total = hits[field] + misses[field]
    return hits[field] / total if total else 1.0


def table(hits, misses):
    """Give the score as lines to print."""
    names = ["found", *FIELDS, "gaps"]
    lines = [
        f"{name:14} {hits[name]:4}/{hits[name] + misses[name]:<4} {rate(hits, misses, name):6.1%}"
        for name in names
    ]
    return [*lines, *(f"{name:14} {misses[name]:4}" for name in ("extra", "gap_alarms", "lost"))]
