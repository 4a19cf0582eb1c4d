"""Give Han text its full-width punctuation back, as GB/T 15834-2011 asks.

Extraction from a typeset page often leaves ASCII commas and brackets behind. What is not
Chinese keeps its own marks: addresses, e-mail, times, scores, decimals, Latin runs.
"""

import re

from .characters import HAN

_FULL = dict(zip(",:;!?()", "，：；！？（）", strict=True))
_CONTEXT = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uff60“”‘’—…·℃]")
_MARK = re.compile(r"[,:;!?()]")
_MASK = re.compile(
    r"https?://[\x21-\x7e]+|www\.[\x21-\x7e]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
    r"|\d[\d,.:]*\d",
    re.ASCII | re.IGNORECASE,
)
_LATIN = re.compile(r"[A-Za-z0-9%]")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z0-9])'(?=[A-Za-z0-9])|(?<=\d)[\"']")


def restore(text):
    """Return the text with full-width ，：；！？（） wherever Han text surrounds them."""
    if not _MARK.search(text):
        return text
    masked = bytearray(len(text))
    for span in _MASK.finditer(text):
        masked[span.start() : span.end()] = b"\1" * (span.end() - span.start())
    out = list(text)
    brackets = []
    for mark in _MARK.finditer(text):
        position, sign = mark.start(), mark.group()
        if masked[position]:
            continue
        if sign == "(":
            brackets.append(position)
        elif sign == ")" and brackets:
            _restore_pair(text, out, brackets.pop(), position)
        elif _belongs_to_han(text, position):
            out[position] = _FULL[sign]
    for position in brackets:
        if _belongs_to_han(text, position):
            out[position] = "（"
    return _close_up("".join(out))


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


def _restore_pair(text, out, start, end):
    # Only the edges of a long bracket are looked at, so nested brackets stay linear.
    inner = text[start + 1 : min(end, start + 40)] + text[max(start + 1, end - 40) : end]
    around = text[max(0, start - 1) : start] + text[end + 1 : end + 2]
    if _CONTEXT.search(inner) or _CONTEXT.search(around):
        out[start], out[end] = "（", "）"


def _belongs_to_han(text, position):
    left, right = _neighbor(text, position, -1), _neighbor(text, position, 1)
    if _CONTEXT.match(left) or _CONTEXT.match(right):
        return True
    # 同比增长8.7%, at the end of a line: a figure in Chinese prose takes a Chinese mark.
    figure = left.isdigit() or left == "%"
    return figure and not _LATIN.match(right) and bool(_CONTEXT.search(text[:position][-30:]))


def _neighbor(text, position, step):
    position += step
    if 0 <= position < len(text) and text[position] in "\"'":
        position += step
    return text[position] if 0 <= position < len(text) else ""


def _close_up(text):
    return re.sub(f"(?<=[，：；！？]) (?=[{HAN}“《（])", "", text)
