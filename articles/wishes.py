"""What a resident asks for: words, phrases, quotations, what to leave out. Knows no models.

Terms stand between spaces, and all of them must be there. What stands in quotation marks is one
term, spaces and all; one with a minus before it must not be there. Marks of any other kind part a
text and a term alike, so ``Wi-Fi`` is found where it stands, however its hyphen is written.
"""

import re
from dataclasses import dataclass, field

import rjieba

from articles.search import LONGEST_QUERY, MOST_TERMS, SURE_UNITS, normal, searchable, units

# Pairs of one query that the index is asked for; the text itself is compared besides.
MOST_LEXEMES = 40
# Terms of more units are cut into words where the whole of them is found nowhere.
CUT_FROM = 4
_TERM = re.compile(r'(-?)(?:["“”「」『』]([^"“”「」『』]*)["“”「」『』]?|([^\s"“”「」『』]+))')


@dataclass(frozen=True)
class Term:
    """One thing that is looked for: ``words`` as typed, ``pattern`` as texts are kept."""

    words: str
    pattern: str
    unwanted: bool = False

    @property
    def lexemes(self) -> list[str]:
        """What the index has for it, in order; a Latin word or a number at its end may go on."""
        *runs, last = [units(run) for run in self.pattern.split("|")]
        found = [pair for run in runs for pair in (*_pairs(run), run[-1])]
        found += _pairs(last) or last
        # A rare character beyond the basic plane stands alone at the end of a run only.
        alone = len(last) == 1 and last[0] > "\u9fff"
        goes_on = alone or last[-1][0] < "\u3005"
        return [f"'{each}'" for each in found[:-1]] + [f"'{found[-1]}'" + ":*" * goes_on]

    @property
    def is_sure(self) -> bool:
        """Whether what the index has for it is all that it is: one pair, or one unit."""
        return "|" not in self.pattern and len(units(self.pattern)) <= SURE_UNITS


def _pairs(run: list[str]) -> list[str]:
    return [one + other for one, other in zip(run, run[1:], strict=False)]


@dataclass(frozen=True)
class Wish:
    """A query that was read. ``cut`` says that more was typed than is read."""

    terms: tuple[Term, ...] = ()
    cut: bool = False
    parted: bool = field(default=False, compare=False)

    @property
    def wanted(self) -> list[Term]:
        """The terms that must be there."""
        return [term for term in self.terms if not term.unwanted]

    @property
    def unwanted(self) -> list[Term]:
        """The terms that must not be there."""
        return [term for term in self.terms if term.unwanted]

    @property
    def lexemes(self) -> str:
        """What the index is asked for; empty where nothing is wanted."""
        wanted = list(dict.fromkeys(each for term in self.wanted for each in term.lexemes))
        step = -(-len(wanted) // MOST_LEXEMES) or 1
        never = [f"!{term.lexemes[0]}" for term in self.unwanted if term.is_sure]
        return " & ".join([*wanted[::step], *never]) if wanted else ""

    def in_zone(self, mark: str) -> str:
        """Return what the index is asked for one of the terms in a part, ``^`` the headline."""
        groups = [
            " & ".join(f"'{mark}{each[1:]}" for each in term.lexemes[:MOST_LEXEMES])
            for term in self.wanted
        ]
        return " | ".join(f"({group})" for group in groups)

    @property
    def stretches(self) -> list[str]:
        """The patterns of LIKE that a text must match."""
        return [f"%{term.pattern}%" for term in self.wanted if not term.is_sure]

    @property
    def shunned(self) -> list[str]:
        """The patterns of LIKE that a text must not match."""
        return [f"%{term.pattern}%" for term in self.unwanted if not term.is_sure]

    @property
    def phrases(self) -> list[str]:
        """What is counted in a text, and marked in it."""
        return [term.pattern for term in self.wanted]

    def in_words(self) -> "Wish | None":
        """Return the same wish with its long terms cut into words; None where none can be cut."""
        terms = [each for term in self.terms for each in _cut(term)]
        if len(terms) == len(self.terms):
            return None
        return Wish(tuple(dict.fromkeys(terms))[:MOST_TERMS], parted=True)

    def shorter(self) -> list[Term]:
        """Return what might be found instead: each term alone, its words, its pairs."""
        wanted = self.wanted
        if len(wanted) > 1:
            return wanted[:6]
        pattern = wanted[0].pattern if wanted else ""
        if "|" in pattern:
            return [Term(run, run) for run in pattern.split("|")][:6]
        run = units(pattern)
        parts = _pairs(run) if len(run) > SURE_UNITS else []
        words = [term.words for term in (self.in_words() or Wish()).terms]
        return [Term(part, part) for part in dict.fromkeys([*words, *parts])][:6]


def _cut(term: Term) -> list[Term]:
    """Return the words of a long term; single characters stay with their neighbour."""
    if term.unwanted or len(units(term.pattern.replace("|", ""))) <= CUT_FROM:
        return [term]
    words: list[str] = []
    for run in term.pattern.split("|"):
        parts = rjieba.cut(run, hmm=False)
        for place, word in enumerate(parts):
            if place and (len(word) == 1 or len(words[-1]) == 1):
                words[-1] += word
            else:
                words.append(word)
    return [Term(word, word) for word in dict.fromkeys(words)]


def read(words: str) -> Wish:
    """Return what somebody asks for; no input is an error, and one may ask for nothing."""
    text = " ".join(normal(words.replace("\x00", "")).split())
    terms = []
    for match in _TERM.finditer(text[:LONGEST_QUERY]):
        typed = match[3] if match[2] is None else match[2]
        pattern = searchable(typed).strip("|")
        if pattern:
            terms.append(Term(typed.strip(), pattern, unwanted=bool(match[1])))
    return Wish(tuple(dict.fromkeys(terms))[:MOST_TERMS], cut=len(text) > LONGEST_QUERY)


def name_lexeme(name: str) -> str:
    """Return what the index has for pieces under which a name is printed; empty for no name."""
    folded = searchable(name if re.search("[A-Za-z]", name) else "".join(name.split()))
    return f"'@b{folded}'" if folded.strip("|") else ""
