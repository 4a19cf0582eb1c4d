"""The letter a Chinese name is looked up by, without a dictionary.

The common characters stand in GB 2312 in the order of their sound, so the letter follows from where
a character stands (GB/T 2312-1980, level 1). Rarer ones stand by their radicals; of those, only
what many people are called is known here.
"""

# The letters in order, with the first character of each.
_FIRST = dict(
    zip("ABCDEFGHJKLMNOPQRSTWXYZ", "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝", strict=True)
)
_BEYOND = b"\xd7\xfa"  # where the characters begin that stand by their radicals
# Names by their letter: rare characters, and those that sound otherwise in a name.
_KNOWN = {
    name: letter
    for letter, names in {
        "B": "卞逄", "C": "岑晁谌褚", "G": "郜", "J": "郏暨", "K": "阚邝", "L": "蔺郦栾",
        "M": "麴缪", "O": "瓯", "Q": "亓覃仇蕲", "R": "芮", "S": "佘单莘", "T": "佟仝",
        "W": "邬隗", "X": "冼郗荀解", "Y": "闫晏鄢郓", "Z": "翟查臧",
    }.items()
    for name in names
}  # fmt: skip
OTHER = "#"
"""Under what a name stands whose letter is not known; it comes last."""


def initial(name: str) -> str:
    """Return the capital letter a name is looked up by, or OTHER."""
    first = name[:1].upper()
    if first.isascii() and first.isalpha():
        return first
    code = first.encode("gb2312", "ignore")
    if first in _KNOWN or not _FIRST["A"].encode("gb2312") <= code < _BEYOND:
        return _KNOWN.get(first, OTHER)
    return max(letter for letter, han in _FIRST.items() if han.encode("gb2312") <= code)


def in_order(name: str) -> tuple:
    """Return what names are sorted by: their letter, then their characters by sound."""
    letter = initial(name)
    return letter == OTHER, letter, name.encode("gb18030"), name
