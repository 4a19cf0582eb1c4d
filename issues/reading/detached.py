"""Bring home headlines that stand far from their text, and halves of pieces that jumped."""

from collections import defaultdict, deque
from itertools import islice

from .characters import bigrams
from .pieces import ReadingWarning

# A headline is looked for among this many lines before the text without one.
_REACH = 12
_ENOUGH = 0.35


def attach_headlines(drafts):
    """Give headless texts the spare title line, earlier on their page, that they repeat.

    A title line is spare when others of its group stand nearer to the group's own text, or
    when its group has no text at all. Return the drafts that are left.
    """
    spare = defaultdict(list)
    for draft in drafts:
        if _lacks_headline(draft):
            _claim(draft, spare[draft.page])
        keep = len(draft.lines) - 1 if draft.body or draft.captions else len(draft.lines)
        latest = [(draft, line) for line in draft.lines[:keep]]
        spare[draft.page] = [*spare[draft.page], *latest][-_REACH:]
    return [draft for draft in drafts if not _is_emptied(draft)]


def _lacks_headline(draft):
    picture = draft.photo_credits and not draft.bylines
    return not draft.lines and draft.body and not picture and draft.jump_from is None


def _claim(draft, spare):
    told = bigrams(draft.lead)
    best, share = None, _ENOUGH
    for owner, line in spare:
        pairs = bigrams(line)
        if len(pairs) < 3:
            continue
        mine = len(pairs & told) / len(pairs)
        theirs = len(pairs & bigrams(owner.lead)) / len(pairs)
        if mine >= share and mine > theirs + 0.1:
            best, share = (owner, line), mine
    if best:
        owner, line = best
        spare.remove(best)
        owner.lines.remove(line)
        draft.lines.append(line)
        draft.warnings.append(ReadingWarning("headline_detached", line))


def _is_emptied(draft):
    """Say whether everything the draft had went to another."""
    holds = (draft.lines, draft.decks, draft.body, draft.captions, draft.lifted, draft.label)
    return not any(holds)


def join_jumps(drafts):
    """Join the halves of pieces that run over two pages. Return the drafts that are left."""
    waiting = defaultdict(deque)
    for draft in drafts:
        if draft.jump_to is not None:
            waiting[draft.page, draft.jump_to].append(draft)
    left = []
    for draft in drafts:
        first = _first_half(draft, waiting)
        if first:
            _join(first, draft)
        else:
            left.append(draft)
    for draft in left:
        if draft.jump_to is not None or draft.jump_from is not None:
            draft.warnings.append(ReadingWarning("jump_unmatched", _marks(draft)))
    return left


def _first_half(draft, waiting):
    if draft.jump_from is None:
        return None
    halves = waiting[draft.jump_from, draft.page]
    nearest = [half for half in islice(halves, _REACH) if half is not draft]
    if not nearest:
        return None
    topic = bigrams("，".join(draft.lines) + draft.lead)
    best = max(nearest, key=lambda half: len(topic & half.topic()))
    halves.remove(best)
    return best


def _join(first, second):
    quote = f"{_marks(first)} {_marks(second)}"
    first.jump_to, second.jump_from = second.jump_to, None
    first.continue_with(second)
    first.warnings.append(ReadingWarning("jump", quote))


def _marks(draft):
    return " ".join(mark for mark in draft.lifted if "转" in mark or "接" in mark)[:80]
