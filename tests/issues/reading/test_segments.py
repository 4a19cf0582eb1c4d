"""Pieces begin and end where an editor would say they do."""

import pytest

from issues.reading import lost_characters, read_edition


def read(text):
    edition = read_edition(text)
    assert lost_characters(text, edition) == ""
    return edition


def headlines(text):
    return [piece.headline for piece in read(text).pieces]


def spaced(*blocks):
    return "\n\n".join(blocks)


def test_pieces_without_byline_are_found():
    assert headlines(
        "老街添了新灯\n12月8日傍晚，棠溪老街的新灯亮了。\n街坊们都说好。\n"
        "社区食堂推出早餐\n近日，松风社区食堂推出早餐，一碗豆浆一块五。\n"
    ) == ["老街添了新灯", "社区食堂推出早餐"]


def test_subheadings_stay_inside_their_piece():
    text = spaced(
        "一条河的新生",
        "记者 何静",
        "棠溪河穿城而过，十年前还是一条臭水沟。",
        "先治水",
        "治理从清淤开始，三年清出淤泥八万方。",
        "再留人",
        "水清了，岸边的步道也修好了，傍晚散步的人越来越多。",
    )
    (piece,) = read(text).pieces
    assert piece.paragraphs[1::2] == ("先治水", "再留人")


def test_wider_gaps_tell_titles_from_subheadings():
    text = (
        "一条河的新生\n记者 何静\n棠溪河穿城而过。\n先治水\n治理从清淤开始。\n\n"
        "河长上岗\n河边竖起了公示牌。\n\n"
        "夜校开课\n教室里坐满了人。\n"
    )
    assert headlines(text) == ["一条河的新生", "河长上岗", "夜校开课"]


def test_a_notice_keeps_its_unit_and_date():
    text = spaced(
        "关于道路封闭施工的通告",
        "因管线施工，文华道封闭三天。",
        "棠溪区城市管理局",
        "2023年12月5日",
        "夜校开课了",
        "近日，区里办起了夜校。",
    )
    notice, news = read(text).pieces
    assert notice.kind == "notice"
    assert notice.paragraphs[-2:] == ("棠溪区城市管理局", "2023年12月5日")
    assert news.headline == "夜校开课了"


def test_an_interview_is_one_piece():
    text = spaced(
        "水龙头里的大事",
        "——访区水务局局长汪海",
        "记者 何静",
        "问：水压小怎么办？",
        "答：已经换了水泵。",
        "问：会不会多收钱？",
        "答：不会。",
    )
    (piece,) = read(text).pieces
    assert piece.deck == "访区水务局局长汪海"
    assert len(piece.paragraphs) == 4


def test_a_poem_is_one_piece_and_its_lines_are_kept():
    text = (
        "渡口\n苇 叶\n船已经不在了\n缆桩还记得绳子\n一圈一圈\n把黄昏勒紧\n\n"
        "我来的时候\n水正好退去\n\n"
        "芦花\n腌一缸冬天\n□ 沈清\n霜降一过，母亲就开始张罗那口缸。\n"
    )
    poem, essay = read(text).pieces
    assert (poem.headline, poem.bylines[0].name) == ("渡口", "苇叶")
    assert len(poem.paragraphs) == 6
    assert (essay.column_label, essay.headline) == ("芦花", "腌一缸冬天")


def test_briefs_share_the_label_over_them():
    text = (
        "第1版：要闻\n一周短讯\n●区里办了夜校。（何静）\n●路灯修好了。（王 芳）\n"
        "第2版：民生\n路边添了座椅\n近日，路边添了座椅。\n"
    )
    first, second, other = read(text).pieces
    assert [piece.column_label for piece in (first, second, other)] == [
        "一周短讯",
        "一周短讯",
        None,
    ]
    assert [piece.bylines[0].name for piece in (first, second)] == ["何静", "王芳"]
    assert first.paragraphs == ("区里办了夜校。",)


def test_a_picture_set_into_a_column_does_not_end_the_piece():
    text = spaced(
        "一条河的新生",
        "记者 何静",
        "棠溪河穿城而过，十年前还是一条臭水沟。",
        "12月8日，小学生在图书馆读绘本。 李明 摄",
        "如今水清岸绿，散步的人越来越多。",
    )
    piece, picture = read(text).pieces
    assert len(piece.paragraphs) == 2
    assert picture.kind == "photo_story"
    assert picture.photo_credits[0].name == "李明"


def test_captions_belong_to_their_piece():
    text = spaced(
        "初雪", "一场雪后，公园热闹起来。", "图①：望月桥。 李明 摄", "图②：堆雪人。（区图书馆供图）"
    )
    (piece,) = read(text).pieces
    assert piece.kind == "photo_story"
    assert [caption.text for caption in piece.captions] == ["望月桥。", "堆雪人。"]
    assert [who.role for who in piece.photo_credits] == ["摄", "供图"]


def test_a_picture_label_alone_opens_a_picture():
    text = (
        "图片新闻\n1月1日清晨，市民迎来第一缕阳光。\n记者 李明 摄\n夜校开课\n记者 何静\n教室满了。"
    )
    picture, _news = read(text).pieces
    assert (picture.column_label, picture.headline) == ("图片新闻", None)
    assert picture.photo_credits[0].name == "李明"


def test_halves_on_two_pages_are_joined():
    text = spaced(
        "第1版：要闻",
        "供暖工作会召开",
        "记者 何静",
        "会议研究了冬季供暖工作，要求把温度送到每一",
        "（下转第2版）",
        "第2版：民生",
        "供暖工作会召开",
        "（上接第1版）户居民家中。",
        "会议还研究了其他事项。",
        "夜校开课",
        "记者 王芳",
        "教室坐满了人。",
    )
    piece, other = read(text).pieces
    assert piece.page == 1
    assert piece.paragraphs[0].endswith("送到每一户居民家中。")
    assert {"jump", "repeated_title"} <= {warning.code for warning in piece.warnings}
    assert other.headline == "夜校开课"


def test_a_half_without_the_other_is_reported():
    text = spaced("供暖工作会召开", "记者 何静", "会议研究了供暖工作。（下转第3版）")
    (piece,) = read(text).pieces
    assert "jump_unmatched" in [warning.code for warning in piece.warnings]


def test_a_detached_headline_finds_its_text():
    text = spaced(
        "棠溪区冬季供暖工作会召开",
        "松风社区老年大学举行开学典礼",
        "把温度送到每一户",
        "记者 何静",
        "近日，棠溪区召开冬季供暖工作会，研究供暖工作。",
        "记者 王芳",
        "12月8日，松风社区老年大学举行开学典礼，一百名老人入学。",
    )
    first, second = read(text).pieces
    assert (first.kicker, first.headline) == ("棠溪区冬季供暖工作会召开", "把温度送到每一户")
    assert second.headline == "松风社区老年大学举行开学典礼"
    assert "headline_detached" in [warning.code for warning in second.warnings]


def test_lead_brackets_and_datelines_become_fields():
    text = spaced(
        "老街添了新灯",
        "本报讯（记者 李明 通讯员 王芳）老街的新灯亮了。",
        "公路排查完成",
        "新华社北京1月11日电（记者 纪行）排查已经完成。",
    )
    own, agency = read(text).pieces
    assert own.dateline == "本报讯"
    assert own.paragraphs == ("老街的新灯亮了。",)
    assert (agency.dateline, agency.source) == ("新华社北京1月11日电", "新华社")


def test_a_correction_says_what_it_corrects():
    text = "更正\n本报12月1日第2版《老街新灯》一文中，“120盏”应为“102盏”。特此更正。"
    (piece,) = read(text).pieces
    assert piece.kind == "correction_notice"
    assert piece.corrects == {"date": "12月1日", "page": 2, "title": "老街新灯"}


@pytest.mark.parametrize(
    "line",
    [
        "棠溪时讯　2023年12月8日　星期五　总第512期",
        "责任编辑 李明 美术编辑 王芳 校对 何静",
        "新闻热线：0000-28350000",
    ],
)
def test_furniture_is_quoted_and_no_piece(line):
    edition = read(f"第1版：要闻\n{line}\n夜校开课\n记者 何静\n教室坐满了人。")
    assert [piece.headline for piece in edition.pieces] == ["夜校开课"]
    assert line in [warning.quote for warning in edition.warnings]


def test_pointers_to_inner_pages_are_set_aside():
    edition = read(
        "今日导读\n老街里的修表匠　2版\n新年音乐会开票　4版\n"
        "第1版 要闻\n夜校开课\n记者 何静\n教室满了。"
    )
    assert [page.number for page in edition.pages] == [1]
    assert [piece.headline for piece in edition.pieces] == ["夜校开课"]


def test_without_heads_everything_stands_on_page_one():
    edition = read("夜校开课\n记者 何静\n教室坐满了人。")
    assert [page.number for page in edition.pages] == [1]
    assert edition.pieces[0].page == 1


def test_two_pages_of_one_number_are_kept_apart():
    edition = read("A01版：要闻\n甲处修了路。\nB01版：副刊\n乙处种了树。")
    assert [page.number for page in edition.pages] == [1, 2]
    assert [piece.page for piece in edition.pieces] == [1, 2]


def test_a_form_feed_begins_a_page_where_no_page_has_a_head():
    edition = read("夜校开课\n记者 何静\n教室坐满了人。\n\f老街新灯\n记者 王芳\n灯亮了。\n\f")
    assert [page.number for page in edition.pages] == [1, 2]
    assert [(piece.page, piece.headline) for piece in edition.pieces] == [
        (1, "夜校开课"),
        (2, "老街新灯"),
    ]


def test_a_form_feed_begins_nothing_where_pages_have_heads():
    edition = read("第1版：要闻\n夜校开课\n教室满了。\n\f第2版：民生\n老街新灯\n灯亮了。\n")
    assert [(page.number, page.name) for page in edition.pages] == [(1, "要闻"), (2, "民生")]
