"""Split title lines into column label, kicker, headline and deck, keeping other readings.

A Chinese headline may carry a kicker (引题) above it, a deck (副题) below, and a standing
label (栏题). A space inside a title line separates two of these or two halves of one.
"""

import re

from .characters import bigrams, count_han, squeeze
from .pieces import Titles
from .vocabulary import BRIEFS, EVENTS, LABELS, PICTURES
from .words import tag

_BRIEFS = re.compile(f"[\u4e00-\u9fff]{{0,6}}{BRIEFS}")
_PICTURES = re.compile(f"(?:图片|新闻|百姓|摄影|光影|视觉|身边)?{PICTURES}")
_LABEL_END = re.compile(f"{LABELS}$")
_EVENT_END = re.compile(f"{EVENTS}$")
# Parts of speech a column's name does without: pronouns, numerals, 的, 了, adverbs, prepositions.
_NO_LABEL = frozenset(("r", "m", "uj", "ul", "d", "p"))
_SPACE = re.compile(r"[ \u3000]+")
_FRAMED = re.compile(r"[【〔［\[■●★◆]+\s*([^】〕］\]]{2,16})[】〕］\]]?")


def is_briefs_label(line):
    """Recognise the label of a column of briefs: 简讯, 一周短讯, 社区动态."""
    bare = squeeze(line).strip("【】〔〕［］[]■●★◆·—-")
    return len(bare) <= 10 and bool(_BRIEFS.fullmatch(bare))


def is_picture_label(line):
    """Recognise the label over a picture that has no headline of its own: 图片新闻."""
    return bool(_PICTURES.fullmatch(squeeze(line).strip("【】〔〕［］[]■●★◆·—-")))


def is_label(line, following=""):
    """Recognise a standing column label, on its own or by what follows it."""
    bare = squeeze(line).strip("【】〔〕［］[]■●★◆·—-")
    if is_briefs_label(line) or _FRAMED.fullmatch(line) or (line[0] in "【〔［" and len(bare) < 16):
        return True
    if bare.endswith("："):
        return False
    if len(bare) <= 8 and _LABEL_END.search(bare):
        return True
    parts = _SPACE.split(line)
    equal = len({len(part) for part in parts}) == 1
    longest = 4 if len(parts) >= 3 else 3
    if len(parts) >= 2 and equal and len(parts[0]) <= longest and following:
        return len(parts) >= 3 or len(squeeze(following)) > 1.5 * len(bare)
    # Four or five characters above a headline more than twice as long name a column.
    # A few characters above a longer line name a column; 这个腊八 belongs to its sentence.
    if not following or len(bare) > 5 or len(squeeze(following)) <= len(bare):
        return False
    if _EVENT_END.search(bare) or _EVENT_END.search(following):
        return False
    if len(bare) == 4 and bare[0] == bare[2]:
        # 有问有答: an idiom of a column's name, whatever its words are.
        return True
    kinds = [kind for _word, kind in tag(bare)]
    return not (_NO_LABEL & set(kinds) or "v" in kinds[1:-1])


def resolve(lines, decks, label, lead):
    """Choose a reading of title lines, with the other readings a person may prefer.

    `lines` in the order printed, `decks` those that a dash marks, `lead` the first words of
    the text. Return (Titles, alternatives).
    """
    lines = _close_brackets(lines)
    while label is None and len(lines) > 1 and is_label(lines[0], lines[1]):
        label = lines.pop(0)
    deck = " ".join(decks) or None
    if not lines:
        return Titles(headline=None, deck=deck, column_label=label), ()
    readings = _readings(lines, deck, lead)
    chosen, *others = [_labelled(titles, label) for titles in readings]
    unique = dict.fromkeys(titles for titles in others if titles != chosen)
    return chosen, tuple(unique)


def _close_brackets(lines):
    """Put a bracketed line, such as （组诗）, back behind the title it qualifies."""
    closed = []
    for line in lines:
        if closed and line[0] in "（(" and line[-1] in "）)":
            closed[-1] += line
        else:
            closed.append(line)
    return closed


def _labelled(titles, label):
    return Titles(titles.kicker, titles.headline, titles.deck, label)


def _readings(lines, deck, lead):
    if len(lines) == 1:
        return _one_line(lines[0], deck)
    if len(lines) == 2:
        return _two_lines(*lines, deck, lead)
    return _many_lines(lines, deck)


def _one_line(line, deck):
    parts = _SPACE.split(line)
    whole = Titles(headline=line, deck=deck)
    if len(parts) == 1:
        return [whole]
    split = Titles(kicker=parts[0], headline=" ".join(parts[1:]), deck=deck)
    readings = [split, whole] if is_kicker(parts) else [whole, split]
    if len(parts) > 2:
        readings.append(Titles(kicker=" ".join(parts[:-1]), headline=parts[-1], deck=deck))
    if not deck:
        readings.append(Titles(headline=parts[0], deck=" ".join(parts[1:])))
    return readings


def is_kicker(parts):
    """Say whether the first part of a spaced title is a kicker rather than half a headline.

    A kicker states what happened: it names somebody first and ends in the deed, or it
    is clearly longer than the matched halves after it.
    """
    first, rest = parts[0], parts[1:]
    if _slogan_halves(first, rest):
        return False
    if _EVENT_END.search(first) and count_han(first) >= 8:
        return True
    if len(rest) >= 2 and len(first) >= 1.6 * max(map(len, rest)):
        return True
    return count_han(first) >= 9 and len(first) >= len(rest[0]) and _states_event(first)


def _slogan_halves(first, rest):
    """落实“四个最严” 守牢食品安全底线: both halves open with the deed itself."""
    if len(rest) != 1 or _EVENT_END.search(first):
        return False
    words = [tag(half)[:1] for half in (first, rest[0])]
    return all(word and word[0][1].startswith("v") for word in words)


def _states_event(text):
    words = [kind for word, kind in tag(text) if kind != "x"]
    if len(words) < 3 or words[0].startswith(("v", "p", "d")):
        return False
    return any(kind == "v" for kind in words[1:])


def _two_lines(first, second, deck, lead):
    over = Titles(kicker=first, headline=second, deck=deck)
    joined = Titles(headline=f"{first} {second}", deck=deck)
    if deck:
        return [over, joined]
    under = Titles(headline=first, deck=second)
    if _is_couplet(first, second) or first.endswith("："):
        return [joined, over, under]
    return [under, over, joined] if _is_deck(first, second, lead) else [over, under, joined]


def _is_couplet(first, second):
    """春光好 / 农事忙: two lines of one length and of a few characters are one headline."""
    return len(first) == len(second) <= 7 and not _EVENT_END.search(first)


def _is_deck(first, second, lead):
    """A second line is the deck when it tells the news and the first does not."""
    if _EVENT_END.search(first):
        return False
    if _EVENT_END.search(second):
        return True
    if len(second) < 1.25 * len(first):
        return False
    told = bigrams(lead)
    return _coverage(second, told) > _coverage(first, told) + 0.2


def _coverage(title, told):
    pairs = bigrams(title)
    return len(pairs & told) / len(pairs) if pairs else 0


def _many_lines(lines, deck):
    first, second, *more = lines
    below = " ".join([*more, *([deck] if deck else [])])
    if deck:
        return [
            Titles(kicker=first, headline=" ".join([second, *more]), deck=deck),
            Titles(kicker=" ".join([first, second]), headline=" ".join(more), deck=deck),
        ]
    return [
        Titles(kicker=first, headline=second, deck=below),
        Titles(kicker=" ".join([first, second]), headline=" ".join(more)),
        Titles(headline=first, deck=" ".join([second, *more])),
    ]
