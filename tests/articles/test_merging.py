"""Two people's changes of one piece, brought together: nothing lost, nothing mixed up."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from articles.markup import blocks, paragraphs, sanitise
from articles.merging import Content, merge, merge_texts

ONE, TWO, THREE, FOUR = (
    "<p>柳岸街道的老厂房亮起阅读灯。</p>", "<p>图书馆面积一千四百平方米。</p>",
    "<p>居民凭身份证就能借书，一次五册。</p>", "<p>周五、周六延时到九点半。</p>",
)  # fmt: skip
BASE = ONE + TWO + THREE + FOUR
MENDED_TWO = TWO.replace("一千四百", "一千四百八十")
MENDED_THREE = THREE.replace("五册", "十册")
NEW = "<p>馆方请大家扫码提意见，收齐后调整座位。</p>"
OTHER_NEW = "<p>开馆首日来了一千三百人。</p>"


def text(base, mine, theirs):
    merged, overlaps = merge_texts(base, mine, theirs)
    return merged, [(each.mine, each.theirs) for each in overlaps]


# Texts


def test_different_paragraphs_are_brought_together():
    mine, theirs = BASE.replace(TWO, MENDED_TWO), BASE.replace(THREE, MENDED_THREE)
    assert text(BASE, mine, theirs) == (ONE + MENDED_TWO + MENDED_THREE + FOUR, [])


def test_one_paragraph_that_both_changed_is_left_to_a_person():
    mine, theirs = BASE.replace("五册", "三册"), BASE.replace("凭身份证", "凭读者证")
    merged, overlaps = merge_texts(BASE, mine, theirs)
    [place] = overlaps
    assert (place.mine, place.base) == (THREE.replace("五册", "三册"), THREE)
    assert place.theirs == THREE.replace("凭身份证", "凭读者证")
    assert blocks(merged)[place.at] == place.shown == place.mine


def test_the_same_change_by_both_is_no_overlap():
    mine = BASE.replace(TWO, MENDED_TWO) + NEW
    assert text(BASE, mine, mine) == (mine, [])
    theirs = mine.replace(FOUR, "")
    assert text(BASE, mine, theirs) == (theirs, [])


def test_paragraphs_put_in_at_different_places_both_stay():
    assert text(BASE, NEW + BASE, BASE + OTHER_NEW) == (NEW + BASE + OTHER_NEW, [])


def test_paragraphs_put_in_at_one_place_both_stay_the_stored_one_first():
    assert text(BASE, BASE + NEW, BASE + OTHER_NEW) == (BASE + OTHER_NEW + NEW, [])


def test_two_wordings_of_one_new_paragraph_are_left_to_a_person():
    alike = NEW.replace("大家", "居民")
    assert text(BASE, BASE + NEW, BASE + alike) == (BASE + NEW, [(NEW, alike)])


def test_a_paragraph_taken_out_that_the_other_changed_is_left_to_a_person():
    without, changed = BASE.replace(TWO, ""), BASE.replace(TWO, MENDED_TWO)
    assert text(BASE, without, changed) == (changed, [("", MENDED_TWO)])
    assert text(BASE, changed, without) == (changed, [(MENDED_TWO, "")])


def test_a_paragraph_taken_out_that_the_other_left_alone_is_gone():
    mine, theirs = BASE.replace(TWO, ""), BASE.replace(FOUR, FOUR + NEW)
    assert text(BASE, mine, theirs) == (ONE + THREE + FOUR + NEW, [])


def test_what_is_put_into_a_stretch_that_the_other_took_out_is_not_left_standing_alone():
    mine, theirs = ONE + FOUR, ONE + TWO + NEW + THREE + FOUR
    _merged, overlaps = text(BASE, mine, theirs)
    assert overlaps == [("", TWO + NEW + THREE)]


def test_a_paragraph_that_was_split_stays_together_where_the_other_changed_it():
    split = THREE.replace("，一次五册", "。</p><p>一次借五册")
    mine, theirs = BASE.replace(THREE, split), BASE.replace("凭身份证", "凭读者证")
    assert text(BASE, mine, theirs)[1] == [(split, THREE.replace("凭身份证", "凭读者证"))]


def test_two_paragraphs_that_were_joined_are_one_place_where_the_other_changed_either():
    joined = THREE.replace("</p>", "") + FOUR.replace("<p>", "")
    mine, theirs = ONE + TWO + joined, BASE.replace("九点半", "十点")
    assert text(BASE, mine, theirs)[1] == [(joined, THREE + FOUR.replace("九点半", "十点"))]


def test_what_the_editor_writes_otherwise_is_no_change():
    imported = "<ul><li>借书</li><li>还书</li></ul>"
    rewritten = "<ul><li><p>借书</p></li><li><p>还书</p></li></ul>"
    changed = imported.replace("还书", "续借")
    assert text(ONE + imported, ONE + rewritten, ONE + changed) == (ONE + changed, [])


def test_without_what_both_began_from_every_difference_is_left_to_a_person():
    mine, theirs = ONE + MENDED_TWO + THREE, ONE + TWO + THREE + NEW
    assert text(None, mine, theirs)[1] == [(MENDED_TWO, TWO), ("", NEW)]


def test_a_text_of_ten_thousand_paragraphs_that_both_rewrote_takes_no_minute():
    base, mine, theirs = ("".join(f"<p>{at}</p>" for at in range(start, start + 9_000))
                          for start in (0, 10_000, 20_000))  # fmt: skip
    merged, overlaps = merge_texts(base, mine, theirs)
    assert (merged, len(overlaps)) == (mine, 1)


# Fields


def fields(base, mine, theirs):
    return merge(*(each if each is None else Content(each, "") for each in (base, mine, theirs)))


def test_different_fields_are_brought_together():
    merged = fields({"a": "1", "b": "2"}, {"a": "11", "b": "2"}, {"a": "1", "b": "22"})
    assert (merged.content.fields, merged.overlaps) == ({"a": "11", "b": "22"}, ())


def test_one_field_that_both_changed_is_left_to_a_person():
    [place] = fields({"a": "1"}, {"a": "甲"}, {"a": "乙"}).overlaps
    assert (place.kind, place.name, place.base) == ("field", "a", "1")
    assert (place.mine, place.theirs, place.shown) == ("甲", "乙", "甲")


def test_a_field_my_form_does_not_show_is_not_mine_to_change():
    assert fields({"a": "1"}, {}, {"a": "2"}).content.fields == {}


def test_a_field_of_unknown_past_is_left_to_a_person():
    assert len(fields(None, {"a": "1", "b": "2"}, {"a": "1", "b": "3"}).overlaps) == 1


# Rows

MIAO, LIANG = {"who": "苗青禾", "role": "通讯员"}, {"who": "梁序", "role": "摄"}


def rows(base, mine, theirs):
    sides = [each if each is None else Content({}, "", {"names": each})
             for each in (base, mine, theirs)]  # fmt: skip
    merged = merge(*sides)
    return list(merged.content.rows["names"].items()), merged.overlaps


def test_a_row_that_one_added_and_words_that_the_other_changed_go_together():
    base, changed = {"1": MIAO}, MIAO | {"role": "文"}
    assert rows(base, {"1": MIAO, "+0": LIANG}, {"1": changed}) == (
        [("1", changed), ("+0", LIANG)],
        (),
    )


def test_rows_that_both_added_stand_once_where_they_are_the_same():
    base = {"1": MIAO}
    assert rows(base, base | {"+0": LIANG}, base | {"2": LIANG}) == (
        [("1", MIAO), ("2", LIANG)],
        (),
    )
    found, overlaps = rows(base, base | {"+0": LIANG}, base | {"2": LIANG | {"role": "文"}})
    assert (len(found), overlaps) == (3, ())


def test_words_of_one_row_that_both_changed_are_left_to_a_person():
    found, [place] = rows({"1": MIAO}, {"1": MIAO | {"role": "文"}}, {"1": MIAO | {"role": "记者"}})
    assert (place.kind, place.key, place.part) == ("row", "1", "role")
    assert found == [("1", MIAO | {"role": "文"})]


def test_a_row_taken_out_that_the_other_changed_is_left_to_a_person():
    base, changed = {"1": MIAO, "2": LIANG}, {"1": MIAO, "2": LIANG | {"role": "文/图"}}
    for mine, theirs in ((base | {}, changed), (changed, base)):
        one = {key: row for key, row in mine.items() if key == "1"}
        found, overlaps = rows(base, one, theirs)
        if theirs == base:
            assert (found, overlaps) == ([("1", MIAO)], ())
        else:
            assert [(each.kind, each.mine) for each in overlaps] == [("row", "")]
            assert dict(found) == changed


def test_an_order_that_one_changed_stands_and_two_orders_are_left_to_a_person():
    base = {"1": MIAO, "2": LIANG, "3": MIAO | {"who": "方念"}}
    turned = {key: base[key] for key in "213"}
    assert [key for key, _row in rows(base, turned, base | {"4": LIANG})[0]] == list("2134")
    assert [key for key, _row in rows(base, base | {"+0": MIAO}, turned)[0]] == [
        "2",
        "1",
        "3",
        "+0",
    ]
    found, [place] = rows(base, turned, {key: base[key] for key in "321"})
    assert (place.kind, place.mine, place.theirs) == ("order", "2 1 3", "3 2 1")
    assert [key for key, _row in found] == list("213")


# Whatever two people do


WORDS = st.text("甲乙丙丁戊。，1", min_size=1, max_size=6)
TEXTS = st.lists(WORDS, max_size=6).map(lambda words: "".join(f"<p>{each}</p>" for each in words))


@st.composite
def changed(draw, base: str) -> str:
    """Return a text as somebody leaves it who began from ``base``."""
    found = blocks(base)
    for _change in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(found)))
        new = [f"<p>{draw(WORDS)}</p>"]
        found[at : at + draw(st.integers(0, 2))] = new if draw(st.booleans()) else []
    return "".join(found)


THREE_TEXTS = TEXTS.flatmap(lambda base: st.tuples(st.just(base), changed(base), changed(base)))


@given(THREE_TEXTS)
def test_no_paragraph_of_either_is_lost(texts):
    base, mine, theirs = map(sanitise, texts)
    merged, overlaps = merge_texts(base, mine, theirs)
    kept = Counter(paragraphs(merged)) + Counter(
        line for each in overlaps for side in (each.mine, each.theirs) for line in paragraphs(side)
    )
    for side in (mine, theirs):
        typed = Counter(paragraphs(side)) - Counter(paragraphs(base))
        assert not typed - kept


@given(TEXTS.flatmap(lambda base: st.tuples(st.just(base), changed(base))))
def test_what_only_one_changed_is_taken_as_it_is(texts):
    base, mine = map(sanitise, texts)
    assert text(base, mine, base) == (mine, [])
    assert text(base, base, mine) == (mine, [])
    assert text(base, mine, mine) == (mine, [])


@given(THREE_TEXTS)
def test_it_is_the_same_from_both_sides(texts):
    base, mine, theirs = map(sanitise, texts)
    one, places = merge_texts(base, mine, theirs)
    other, mirrored = merge_texts(base, theirs, mine)
    assert [(each.mine, each.theirs, each.base) for each in places] == [
        (each.theirs, each.mine, each.base) for each in mirrored
    ]
    if not places:  # but for the order of what both put in at one place
        assert Counter(paragraphs(one)) == Counter(paragraphs(other))


@given(THREE_TEXTS)
def test_an_overlap_stands_where_it_says_and_the_text_is_clean(texts):
    base, mine, theirs = map(sanitise, texts)
    merged, places = merge_texts(base, mine, theirs)
    assert sanitise(merged) == merged
    for place in places if merged else ():
        shown = blocks(place.shown)
        assert blocks(merged)[place.at : place.at + len(shown)] == shown


@given(st.tuples(*[st.text('<p>/ulid甲&;"= ', max_size=60)] * 3))
def test_nonsense_is_brought_together_too(texts):
    base, mine, theirs = map(sanitise, texts)
    merged, _places = merge_texts(base, mine, theirs)
    assert sanitise(merged) == merged
