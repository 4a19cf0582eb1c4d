"""What a character is: Han or not, how wide it prints, whether it ends a sentence."""

import re
import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff"
STOPS = "。！？…!?"
CLOSERS = "”’）】》〉」』〕］\"')]"
# Marks that have no width and no meaning in print; text extraction leaves them behind.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff\u00ad"))

_han = re.compile(f"[{HAN}]")
_wide = frozenset("WF")
# Full-width forms of ASCII, and the curly quotes, fold to the key the typist pressed.
_FOLDING = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("“"): '"',
    ord("”"): '"',
    ord("‘"): "'",
    ord("’"): "'",
}
_DIGITS = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}
_HAN_DIGITS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")}


def is_han(character):
    """Say whether the character is a Chinese one."""
    return bool(_han.match(character))


def count_han(text):
    """Count the Chinese characters of a text."""
    return len(_han.findall(text))


def width(text):
    """Measure a line in full-width cells, as a ruler on the page would."""
    wide = sum(unicodedata.east_asian_width(character) in _wide for character in text)
    # Quotes, dashes and dots are "ambiguous" to Unicode but fill a cell in a Chinese paper.
    wide += sum(character in "“”‘’—…·①②③④⑤⑥⑦⑧⑨▲●■□◆" for character in text)
    return wide + (len(text) - wide) / 2


def ends_sentence(text):
    """Say whether a text closes with a full stop, bare or inside closing marks."""
    return text.rstrip(CLOSERS + " 　")[-1:] in tuple(STOPS) if text else False


def squeeze(text):
    """Take out all white space."""
    return "".join(text.split())


def fold(text):
    """Reduce a text to what was typed: no white space, ASCII for its full-width forms."""
    return squeeze(text.translate(INVISIBLE)).translate(_FOLDING)


def narrow_digits(text):
    """Write full-width digits as ASCII ones."""
    return text.translate(_DIGITS)


def read_number(text):
    """Read 2, ２, 二, 十二 or 二十 as a number; None when it is none of them."""
    digits = narrow_digits(text)
    if digits.isascii() and digits.isdigit():
        return int(digits)
    tens, ten, units = text.rpartition("十")
    values = [_HAN_DIGITS.get(numeral) for numeral in (tens or "一", units or "〇")]
    if None in values or len(text) > 3:
        return None
    return values[0] * 10 + values[1] if ten else values[1]


def bigrams(text):
    """Give the set of adjacent Han pairs, a cheap measure of what a text is about."""
    found = set()
    for run in re.findall(f"[{HAN}]+", text):
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return found
