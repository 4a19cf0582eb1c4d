"""Bytes become text, or a sentence that says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.reading import UnreadableEditionError, decode
from issues.reading.decoding import MAX_BYTES, is_plausible

NEWS = (
    "第1版：要闻\n\n棠溪区召开冬季供暖工作会\n\n本报记者 周晓\n\n"
    "12月6日，棠溪区召开会议，研究部署冬季供暖和安全生产工作。会议要求，各部门要把群众的事情放在心上，"
    "对全区的换热站再检查一遍，有问题当天解决。\n"
)
FRENCH = "Le conseil de quartier a examiné hier les problèmes liés à la sécurité des écoles. " * 5
JAPANESE = "区役所は昨日、冬の暖房について会議を開き、住民の意見を聞きました。" * 5
TRADITIONAL = "區政府昨日召開會議，研究冬季供暖與學校安全問題，要求各單位認真辦理居民來信。" * 5
KOREAN = "구청은 어제 회의를 열고 겨울철 난방과 학교 안전 문제를 논의하였다. " * 5


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_encodings_of_chinese_newsrooms_are_read(encoding):
    assert decode(NEWS.encode(encoding)) == NEWS


def test_windows_line_ends_are_kept_for_the_layout():
    assert decode(NEWS.replace("\n", "\r\n").encode()) == NEWS.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "latin-1"),
        (FRENCH, "cp1252"),
        (JAPANESE, "shift-jis"),
        (JAPANESE, "euc-jp"),
        (TRADITIONAL, "big5"),
        (KOREAN, "euc-kr"),
    ],
)
def test_a_foreign_encoding_is_refused_rather_than_guessed(text, encoding):
    with pytest.raises(UnreadableEditionError):
        decode(text.encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t \r\n",
        "\u3000\n".encode(),
        b"%PDF-1.7\n...",
        b"PK\x03\x04...word/document.xml",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old word",
        b"\xff\xd8\xff\xe0JFIF",
        b"\x89PNG\r\n\x1a\n",
        b"{\\rtf1 \\ansi}",
        "正文".encode() + b"\x00\x00\x01" + "正文".encode(),
        "正文\x07正文".encode(),
        b"\xff\xfeabc",
        b"\x81\x20\xff\xff",
        "正文，".encode() * (MAX_BYTES // 9 + 1),
        b"a\n" * 500_000,
        b"tangxi-server\n",
        b"2023-12-08 10:30\n",
    ],
)
def test_what_is_no_edition_is_refused_in_a_sentence(data):
    with pytest.raises(UnreadableEditionError) as refusal:
        decode(data)
    assert str(refusal.value).rstrip()[-1] in ".。"


def test_rare_names_do_not_make_a_text_implausible():
    assert is_plausible(NEWS + "记者 张婕芮 通讯员 李珺 王昊")


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data):
    try:
        text = decode(data)
    except UnreadableEditionError:
        return
    assert text.strip()
