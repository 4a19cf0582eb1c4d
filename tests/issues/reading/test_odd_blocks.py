"""Lists, speech, advertisements, letters and corrections begin and end where they should."""

import pytest

from issues.reading import lost_characters, read_edition

PROSE = "连日来，棠溪老街的石板路修好了，街坊们都出来走一走、看一看，说比从前平整得多。"
THOUGHT = "小柜子里有大文章，方便不方便，要让用的人说了算。"


def read(text):
    edition = read_edition(text)
    assert lost_characters(text, edition) == ""
    return edition.pieces


def spaced(*blocks):
    return "\n\n".join(blocks)


def headlines(*blocks):
    return [piece.headline for piece in read(spaced(*blocks))]


def test_rows_of_one_form_are_a_list_and_no_titles():
    text = spaced(
        "老街歌会获奖名单",
        "金奖（1名）：《渡口》，作者：何静",
        "银奖（2名）：《灯》，作者：王芳；《桥》，作者：李明",
        "铜奖：《秋声》",
        "读者来电摘登",
        "1. 何先生反映：老街的路灯不亮。",
    )
    assert [len(piece.paragraphs) for piece in read(text)] == [3, 1]


def test_speech_on_a_line_of_its_own_is_no_title():
    (piece,) = read(spaced("渡口的灯", "记者 何静", PROSE, "“夜里也来吗？”", "他说：“来！”", PROSE))
    assert len(piece.paragraphs) == 4
    assert piece.headings == ()


def test_an_exclamation_in_an_essay_is_no_subheading():
    (piece,) = read(spaced("渡口的灯", "何 静", PROSE, "可是谁又知道呢？", PROSE))
    assert piece.headings == ()


def test_bare_lines_under_an_advertisement_are_its_text():
    text = (
        f"老街添了新灯\n记者 何静\n{PROSE}\n旺铺招租\n棠溪路88号临街商铺\n租金面议\n"
        f"电话：0000-8888123\n诚聘\n棠溪家政服务有限公司聘月嫂5名\n待遇优厚\n"
    )
    pieces = read(text)
    assert [piece.headline for piece in pieces] == ["老街添了新灯", "旺铺招租", "诚聘"]
    assert pieces[1].paragraphs[-1] == "电话：0000-8888123"


def test_a_telephone_at_the_foot_of_a_page_stays_out_of_the_text():
    (piece,) = read(f"老街添了新灯\n记者 何静\n{PROSE}\n电话：0000-8888123\n")
    assert piece.paragraphs == (PROSE,)


def test_the_answer_to_a_signed_letter_belongs_to_it():
    (piece,) = read(
        spaced("路灯什么时候修", PROSE, "读者 何静", "12月2日", f"编辑答复：已经报修。{PROSE}")
    )
    assert piece.paragraphs[-1].startswith("编辑答复")


def test_a_correction_has_no_chapters():
    correction = "本报12月1日第2版《老街新灯》一文中，“120盏”误排为“102盏”，谨致歉意。"
    pieces = read(spaced("更正", correction, "给渡口的回信", PROSE))
    assert [piece.headline for piece in pieces] == ["更正", "给渡口的回信"]
    assert pieces[0].kind == "correction_notice"


def test_a_notice_is_nobody_under_a_poem():
    assert "讣告" in headlines(
        "渡口（外一首）", "苇 叶", "船已经不在了", "缆桩还记得", "讣告", PROSE
    )


@pytest.mark.parametrize("name", ["特木其勒", "苇 叶"])
def test_whoever_stands_under_a_group_of_poems_wrote_them(name):
    (piece,) = read(f"渡口的夏天（组诗选二）\n{name}\n缆桩\n\n船已经不在了\n缆桩还记得\n一圈一圈\n")
    assert [who.name for who in piece.bylines] == ["".join(name.split())]


def test_a_short_poem_at_the_end_of_a_page_stays_whole():
    (piece,) = read("渡口\n苇 叶\n船已经不在了\n缆桩还记得\n一圈一圈\n")
    assert piece.headline == "渡口"
    assert len(piece.paragraphs) == 3


@pytest.mark.parametrize("label", ["百姓问 部门答", "有问有答"])
def test_labels_without_a_known_word_are_told_by_their_form(label):
    (piece,) = read(spaced(label, "路灯坏了应该找谁来修？", PROSE))
    assert (piece.column_label, piece.headline) == (label, "路灯坏了应该找谁来修？")


def test_a_colon_at_the_end_leaves_a_title_open():
    (piece,) = read(spaced("三问路灯：", "谁来装 谁来修 谁来管", "记者 何静", PROSE))
    assert piece.headline == "三问路灯： 谁来装 谁来修 谁来管"


def test_one_photographer_of_several_pictures_is_named_once():
    (piece,) = read(spaced("老街三景", PROSE, "图①：桥。 记者 何静 摄", "图②：灯。 记者 何静 摄"))
    assert [who.name for who in piece.photo_credits] == ["何静"]
    assert [caption.credit for caption in piece.captions] == ["记者 何静 摄"] * 2


def test_pictures_given_for_a_piece_do_not_end_it():
    (piece,) = read(
        spaced("老街添了新灯", "记者 何静", PROSE, "种下一棵树。（图片由区园林中心提供）")
    )
    assert len(piece.paragraphs) == 2
    assert [who.name for who in piece.photo_credits] == ["区园林中心"]


def test_an_editor_signs_for_want_of_another_name():
    (letter,) = read(spaced("给读者的回信", f"{PROSE}（编辑 何 静）"))
    assert [(who.role, who.name) for who in letter.bylines] == [("编辑", "何静")]
    (news,) = read(spaced("老街添了新灯", "记者 王芳", f"{PROSE}（编辑 何 静）"))
    assert [who.name for who in news.bylines] == ["王芳"]


def test_whoever_signs_the_end_of_a_page_signs_the_piece_above():
    (piece,) = read(
        spaced("外卖柜方便了谁", "记者 何静", PROSE, "手记", THOUGHT, "本报评论员 王芳")
    )
    assert [who.name for who in piece.bylines] == ["何静", "王芳"]


@pytest.mark.parametrize(
    "line",
    ["天气：今起三天有雨，请带雨具", "今日多云，最高气温12℃，最低气温3℃"],
)
def test_the_weather_under_the_masthead_is_no_piece(line):
    assert headlines(
        "棠溪时讯", "2023年12月8日 总第3期", line, "第1版：要闻", "老街新灯", PROSE
    ) == ["老街新灯"]


def test_a_paper_called_a_report_signs_nothing():
    (piece,) = read(spaced("棠溪报道", "2023年12月8日 总第3期", "第1版：要闻", "老街新灯", PROSE))
    assert piece.bylines == ()
