from itertools import count
from types import SimpleNamespace as Thing

from issues.arrangement import arrange, by_page

SECTIONS = [{"name": name, "slug": name} for name in ("news", "life", "streets", "culture")]
numbers = count(1)


def placed(section="news", *, page=1, weight="normal", kind="news", headline="标题", picture=True):
    sealed = Thing(kind=kind, headline=headline, section=section and Thing(slug=section))
    return Thing(
        article=Thing(sealed=sealed),
        article_id=next(numbers),
        page=Thing(number=page),
        page_id=page,
        weight=weight,
        pictures=["photo"] if picture else [],
    )


def test_a_page_begins_with_its_lead():
    first, lead, other = placed(), placed(weight="lead"), placed(page=2)
    assert by_page([first, lead, other]) == {1: [lead, first], 2: [other]}


def test_the_lead_of_the_first_page_leads():
    plain, lead, other = placed(), placed(weight="lead"), placed(page=2, weight="lead")
    front = arrange([plain, lead, other], [], SECTIONS)
    assert front.lead is lead
    assert front.seconds == [plain, other]


def test_briefs_notices_and_pictures_do_not_stand_at_the_top():
    low = [placed(kind=kind) for kind in ("brief", "notice", "photo_story", "correction_notice")]
    story = placed(page=2)
    front = arrange([*low, placed(headline=""), story], [], SECTIONS)
    assert front.lead is story
    assert front.seconds == []


def test_an_issue_of_briefs_alone_still_has_a_lead():
    brief = placed(kind="brief")
    assert arrange([brief], [], SECTIONS).lead is brief


def test_no_piece_stands_in_the_columns_twice_or_again():
    lead, second, third = placed(weight="lead"), placed("life"), placed("life")
    reprint = placed("life")
    reprint.article_id = third.article_id
    rest = [placed("life") for _ in range(3)]
    front = arrange([lead, second, third, *rest], [reprint], SECTIONS)
    shown = [p.article_id for c in front.columns for p in (c["first"], *c["others"])]
    assert len(shown) == len(set(shown))
    assert not {p.article_id for p in (front.lead, *front.seconds)} & set(shown)


def test_a_column_is_headed_by_a_picture_and_filled_from_earlier_issues():
    lead = placed(weight="lead")
    fresh, old = placed("life", picture=False), placed("life")
    front = arrange([lead, *(placed() for _ in range(3)), fresh], [old], SECTIONS)
    column = next(column for column in front.columns if column["slug"] == "life")
    assert column["first"] is old
    assert column["others"] == [fresh]


def test_the_section_of_the_lead_gives_way_where_three_others_remain():
    earlier = [placed(section) for section in ("news", "life", "streets", "culture")]
    front = arrange([placed(weight="lead")], earlier, SECTIONS)
    assert [column["slug"] for column in front.columns] == ["life", "streets", "culture"]
    front = arrange([placed(weight="lead")], earlier[:3], SECTIONS)
    assert [column["slug"] for column in front.columns] == ["news", "life", "streets"]


def test_pictures_come_once_and_only_with_a_picture():
    seen, bare = placed(kind="photo_story"), placed(kind="photo_story", picture=False)
    front = arrange([placed(), seen, bare], [seen], SECTIONS)
    assert front.pictures == [seen]


def test_nothing_makes_an_empty_front_page():
    front = arrange([], [], SECTIONS)
    assert (front.lead, front.seconds, front.columns, front.pictures) == (None, [], [], [])
