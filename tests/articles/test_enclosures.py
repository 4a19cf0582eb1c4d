"""What an attached file is called once it is saved, and what is said of it."""

from types import SimpleNamespace

import pytest

from articles.enclosures import address, content_type, file_name, particulars


def attached(title="报名表", kind="pdf", size=1_258_291):
    return SimpleNamespace(title=title, kind=kind, size=size, digest="ab" * 32)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("报名表", "报名表.pdf"),
        ("报名表.pdf", "报名表.pdf"),
        ("报名表.PDF.pdf", "报名表.pdf"),
        ("", "附件.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ('a"b\\c\r\nX: y', "a b c X y.pdf"),
        ("表\u202efdp.exe", "表 fdp.exe.pdf"),
        ("  . . ", "附件.pdf"),
        ("长" * 80, "长" * 60 + ".pdf"),
    ],
)
def test_a_name_fits_every_file_system(title, name):
    assert file_name(attached(title)) == name


def test_kind_and_size_are_told_in_words():
    assert particulars(attached()).replace("\xa0", " ") == "PDF 文件，1.2 MB"
    assert content_type(attached(kind="xlsx")).endswith("spreadsheetml.sheet")


def test_its_address_is_its_pieces_for_good():
    assert address(7, attached()) == f"/articles/7/files/{'ab' * 32}.pdf"
