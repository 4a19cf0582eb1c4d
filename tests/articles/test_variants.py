"""Traditional characters and the simplified ones they are searched as."""

from articles.search import normal
from articles.variants import SIMPLIFIED, TRADITIONAL, simple


def test_one_character_becomes_one_that_stays():
    assert simple("臺灣發髮乾坤，裏裡𠀾") == "台湾发发干坤，里里" + simple("𠀾")
    assert len(simple(TRADITIONAL)) == len(TRADITIONAL) == len(set(TRADITIONAL))
    assert simple(SIMPLIFIED) == SIMPLIFIED == normal(SIMPLIFIED)


def test_simplified_texts_stay_as_they_are():
    assert simple("棠溪区的后来，只有面对着名胜，台上准备了几件家具。") == (
        "棠溪区的后来，只有面对着名胜，台上准备了几件家具。"
    )
