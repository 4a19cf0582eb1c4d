"""The shape of what is typed about a raw edition."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from issues.import_forms import DecideForm, MoveForm, UploadForm
from issues.reading.decoding import MAX_BYTES

ISSUE = {"date": "2023-12-08", "sequence": 1}


def upload(content, name="edition.txt", **data):
    return UploadForm(ISSUE | data, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_an_edition_may_come_in_the_usual_encodings(encoding):
    text = "石桥早市搬进新棚\n\n112个摊位全部进棚，摊主们的生意比从前好了。"
    form = upload(text.encode(encoding))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == text


def test_too_large_a_file_is_refused_at_the_file():
    form = upload(b"a" * (MAX_BYTES + 1))
    assert not form.is_valid()
    assert "file" in form.errors


def test_pasted_text_keeps_its_blank_lines():
    form = UploadForm(ISSUE | {"pasted": "\n\n标题\n\n正文。\n"})
    assert form.is_valid()
    assert form.cleaned_data["text"].endswith("正文。\n")


def test_one_button_says_what_moves_where():
    form = MoveForm({"seen": 0, "at": 0, "way": "column_label-headline"})
    assert form.is_valid()
    assert (form.cleaned_data["origin"], form.cleaned_data["target"]) == (
        "column_label",
        "headline",
    )


def test_one_button_says_who_is_meant():
    form = DecideForm({"seen": 0, "at": 0, "meaning": "12:阿·布"})
    assert form.is_valid()
    assert (form.cleaned_data["correspondent"], form.cleaned_data["name"]) == (12, "阿·布")
