"""A quoted paragraph is found again, or it is gone."""

from articles.anchoring import Spot, spot_of

TEXT = [
    "柳岸街道的老厂房亮起阅读灯，居民下班后来这里看书。",
    "图书馆每天开放到晚上九点，周一闭馆整理。",
    "天车留在屋顶上，成了孩子们最爱抬头看的东西。",
]


def test_where_it_was():
    assert spot_of(TEXT[1], 1, TEXT) == Spot(1, same=True)


def test_where_it_was_moved():
    assert spot_of(TEXT[0], 0, [TEXT[2], TEXT[1], TEXT[0]]) == Spot(2, same=True)


def test_a_paragraph_put_in_before_it_moves_it():
    assert spot_of(TEXT[1], 1, ["新加的一段。", *TEXT]) == Spot(2, same=True)


def test_of_two_alike_the_nearer_one():
    assert spot_of("同一句。", 3, ["同一句。", "别的。", "同一句。", "别的。"]).number == 2


def test_a_paragraph_that_was_changed_is_the_most_like_it():
    changed = [TEXT[0], TEXT[1].replace("九点", "九点半"), TEXT[2]]
    assert spot_of(TEXT[1], 1, changed) == Spot(1, same=False)


def test_a_paragraph_that_was_rewritten_or_cut_is_gone():
    for text in ([TEXT[0], TEXT[2]], [TEXT[0], "讲的是完全不同的另外一件事情。", TEXT[2]], []):
        assert spot_of(TEXT[1], 1, text).is_gone


def test_half_a_paragraph_is_not_taken_for_the_whole():
    assert spot_of(TEXT[1], 0, [TEXT[1][:6]]).is_gone
