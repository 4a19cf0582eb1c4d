"""Ask a dictionary about Chinese words: where they end, and whether two halves make one.

rjieba brings a dictionary of 350,000 words. Without it every question is answered
cautiously: nothing is a word, and a seam is judged by the edition's own text alone.
"""

from .characters import is_han

try:
    import rjieba
except ImportError:  # pragma: no cover - the dictionary is an ordinary dependency
    rjieba = None

# Characters that stand alone as words in running text, so that one at the edge of a line is
# no sign of a broken word.
_FREE = frozenset(
    "的了着过地得和与及或而但且并则即却也都还又再就才只更最很太极非常不没未无别勿莫是有在从到向往对对于为被把"
    "将由给让使令叫以用按据经凭靠趁沿随同跟比像如若因故所之其此该本各每某任何这那哪谁我你您他她它们自己己大小"
    "多少高低新老好坏长短快慢早晚上下左右前后里外中内间旁东西南北一二两三四五六七八九十百千万亿零几半数第个位名"
    "件项次年月日时分秒天周点元角斤米里吨亩人家户口说道称讲问答看听想做干办来去走跑进出起回开关到达至等要会能可"
    "应须需肯敢愿该得住吃喝买卖送拿带打拉推提抓搞建修种养学教写读唱跳当成变用靠请派找见给被受加减增降升超近约达"
    "共全总既虽然后先仅仍曾已正将把区市县乡镇村街路社党团国省厅局委办院校馆站所处室部科组队班厂店楼房屋门"
)


def cut(text):
    """Split a short text into dictionary words."""
    return rjieba.cut(text, False) if rjieba else list(text)


def tag(text):
    """Split a short text into (word, part of speech) pairs; nothing without a dictionary."""
    return rjieba.tag(text, True) if rjieba else []


def is_word(text):
    """Say whether the dictionary holds the word."""
    return bool(rjieba) and rjieba.has_word(text)


def spans_word(left, right):
    """Say whether some dictionary word begins in left and ends in right."""
    position = 0
    for word in cut(left + right):
        if position < len(left) < position + len(word):
            return is_han(word[0])
        position += len(word)
    return False


def is_stranded_tail(text):
    """Say whether the last character is half of a word that breaks off there."""
    last = cut(text)[-1:] or [""]
    return len(last[0]) == 1 and is_han(last[0]) and last[0] not in _FREE


def is_stranded_head(text):
    """Say whether the first character is the end of a word that began elsewhere."""
    first = cut(text)[:1] or [""]
    return len(first[0]) == 1 and is_han(first[0]) and first[0] not in _FREE
