"""Give Han text its full-width punctuation back, as GB/T 15834-2011 asks.

Extraction from a typeset page often leaves ASCII commas and brackets behind. What is not
Chinese keeps its own marks: addresses, e-mail, times, scores, decimals, Latin runs.
"""

import re

from .characters import HAN

_FULL = dict(zip(",:;!?()", "，：；！？（）", strict=True))
# What is Chinese around a mark; the marks themselves, in either width, say nothing.
_CONTEXT = re.compile(f"[{HAN}\u3000-\u303f“”‘’—…·℃]")
_MARKS = frozenset(",:;!?()，：；！？（）\"'")
_MARK = re.compile(r"[,:;!?()]")
_MASK = re.compile(
    r"https?://[\x21-\x7e]+|www\.[\x21-\x7e]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
    r"|\d[\d,.:]*\d",
    re.ASCII | re.IGNORECASE,
)
# A space behind a mark that goes when the mark is restored.
_CLOSED_SPACE = re.compile(f"(?<=[,:;!?，：；！？]) (?=[{HAN}“《（(])")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z0-9])'(?=[A-Za-z0-9])|(?<=\d)[\"']")


def restore(text):
    """Return the text with full-width ，：；！？（） wherever Han text surrounds them."""
    if not _MARK.search(text):
        return text
    masked = _masked(text)
    places = [mark.start() for mark in _MARK.finditer(text) if not masked[mark.start()]]
    spaces = {match.start() for match in _CLOSED_SPACE.finditer(text)}
    before, after = _neighbors(text, spaces), _neighbors_behind(text, spaces)
    chinese = [place for place in places if _belongs_to_han(before[place], after[place])]
    pairs = _pair_brackets(text, places)
    paired = {place for pair in pairs for place in pair}
    chinese = [place for place in chinese if place not in paired and text[place] != ")"]
    for start, end in pairs:
        if _is_chinese_bracket(text, start, end, before[start], after[end]):
            chinese.extend((start, end))
    out = list(text)
    for place in chinese:
        out[place] = _FULL[text[place]]
    return _close_up("".join(out))


def _pair_brackets(text, places):
    pairs, opened = [], []
    for place in places:
        if text[place] == "(":
            opened.append(place)
        elif text[place] == ")" and opened:
            pairs.append((opened.pop(), place))
    return pairs


def _masked(text):
    masked = bytearray(len(text))
    for span in _MASK.finditer(text):
        masked[span.start() : span.end()] = b"\1" * (span.end() - span.start())
    return masked


def _neighbors(text, spaces):
    """Give, for every place, the nearest character before it that is no mark.

    `spaces` are the places of those that go when the mark before them is restored.
    """
    nearest, found = [], ""
    for place, character in enumerate(text):
        nearest.append(found)
        if character not in _MARKS and place not in spaces:
            found = character
    return nearest


def _neighbors_behind(text, spaces):
    last = len(text) - 1
    return _neighbors(text[::-1], {last - place for place in spaces})[::-1]


def _is_chinese_bracket(text, start, end, before, after):
    # Only the edges of a long bracket are looked at, so nested brackets stay linear.
    inner = text[start + 1 : min(end, start + 40)] + text[max(start + 1, end - 40) : end]
    if _CONTEXT.search(inner):
        return True
    called = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()
    return not called and _belongs_to_han(before, after)


def _belongs_to_han(before, after):
    if _CONTEXT.match(before) or _CONTEXT.match(after):
        return True
    # 同比增长8.7%, at the end of a line: a figure takes a Chinese mark there.
    return (before.isdigit() or before == "%") and not after


def restore_quotes(text):
    """Return the text with straight quotation marks made curly, in pairs.

    A mark left over at the end closes; quotation over several paragraphs opens each of them.
    """
    if '"' not in text and "'" not in text:
        return text
    spared = {match.start() for match in _APOSTROPHE.finditer(text)}
    for straight, pair in (('"', "“”"), ("'", "‘’")):
        if straight in text and _CONTEXT.search(text):
            text = _pair_up(text, straight, pair, spared)
    return text


def _pair_up(text, straight, pair, spared):
    out, inside = list(text), False
    for position, character in enumerate(text):
        if character == pair[0]:
            inside = True
        elif character == pair[1]:
            inside = False
        elif character == straight and position not in spared:
            closes = inside or position == len(text) - 1
            out[position] = pair[closes]
            inside = not closes
    return "".join(out)


def _close_up(text):
    return re.sub(f"(?<=[，：；！？]) (?=[{HAN}“《（])", "", text)
