"""Which addresses are taken for the page of a video, and what a reader is told of them."""

import pytest
from django.core.exceptions import ValidationError

from articles.video_links import a_video_page, host


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://video.example.cn/v/1?p=2#t=30",
        "https://v.example:8443/x",
        "https://xn--fiq.cn/",
    ],
)
def test_the_page_of_a_video_is_taken(link):
    a_video_page(link)


@pytest.mark.parametrize(
    "link",
    [
        "http://video.example.cn/1",
        "javascript:alert(1)",
        "data:text/html,<script>x()</script>",
        " https://video.example.cn/1",
        "//video.example.cn/1",
        "https:video.example.cn",
        "https://me:secret@video.example.cn/1",
        "https://video.example.cn@evil.example/1",
        "https://video.example.cn\\@evil.example/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.0x1/",
        "https://[::1]/",
        "https://localhost/",
        "https://video.example.cn:port/",
        "https://视频.example/",
        "https://video..cn/",
        "https:///1",
        "https://video.example.cn/\u202e1",
        "https://video.example.cn/\n1",
        'https://video.example.cn/"onclick="x',
        "https://video.example.cn/" + "x" * 300,
    ],
)
def test_anything_else_is_refused_in_a_sentence(link):
    with pytest.raises(ValidationError) as refusal:
        a_video_page(link)
    assert refusal.value.messages[0].endswith(("。", "…"))


def test_the_reader_is_told_the_site():
    assert host("https://Video.Example.cn:8443/v/1") == "video.example.cn"
    assert host("") == ""
