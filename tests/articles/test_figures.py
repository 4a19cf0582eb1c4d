"""Photographs as markup: the right file for each screen, and no words that could be markup."""

from types import SimpleNamespace

import pytest

from articles.figures import figure_html, picture_html


def photo(**fields):
    return SimpleNamespace(**{
        "digest": "ab" * 32,
        "width": 2400,
        "height": 1600,
        "widths": [480, 960, 1600, 2400],
        "caption": "居民在阅览室里看书。",
        "credit": "梁序 摄",
        "alternative_text": "三位读者坐在窗边",
        "video_url": "",
        **fields,
    })  # fmt: skip


def in_folder(digest, width):
    return f"pictures/{digest[:2]}-{width}"


def test_a_picture_offers_every_width_and_says_its_size():
    html = picture_html(photo(), sizes="50vw", address_of=in_folder)
    assert html == (
        '<img alt="三位读者坐在窗边" decoding="async" height="1600" loading="lazy" sizes="50vw"'
        ' src="pictures/ab-960" srcset="pictures/ab-480 480w, pictures/ab-960 960w,'
        ' pictures/ab-1600 1600w, pictures/ab-2400 2400w" width="2400">'
    )


def test_a_small_picture_is_its_own_ordinary_width():
    assert 'src="pictures/ab-700"' in picture_html(
        photo(widths=[480, 700], width=700), address_of=in_folder
    )


def test_only_the_lead_is_fetched_first():
    lead = picture_html(photo(), lead=True)
    assert 'fetchpriority="high"' in lead
    assert "loading=" not in lead
    assert "fetchpriority" not in picture_html(photo())


def test_addresses_are_those_of_the_doors():
    assert f"/photos/{'ab' * 32}/960.webp" in picture_html(photo())


@pytest.mark.parametrize("missing", [None, photo(digest="")])
def test_a_photo_without_a_file_is_nothing(missing):
    assert picture_html(missing) == ""
    assert figure_html(missing) == ""


def test_a_figure_has_caption_and_credit():
    html = figure_html(photo())
    assert html.startswith("<figure><img ")
    assert html.endswith(
        '<figcaption class="cap"><span>居民在阅览室里看书。</span>'
        '<span class="by">梁序 摄</span></figcaption></figure>'
    )


@pytest.mark.parametrize(
    ("caption", "credit", "end"),
    [
        ("", "梁序 摄", '<figcaption class="cap"><span class="by">梁序 摄</span></figcaption>'),
        ("看书。", "", '<figcaption class="cap"><span>看书。</span></figcaption>'),
        ("", "", 'width="2400">'),
    ],
)
def test_words_that_are_missing_leave_no_empty_elements(caption, credit, end):
    assert figure_html(photo(caption=caption, credit=credit)).endswith(end + "</figure>")


def test_a_half_figure_says_so():
    html = figure_html(photo(), size="half")
    assert html.startswith('<figure class="half">')
    assert "340px" in html


def test_words_cannot_become_markup():
    attack = '"><script>alert(1)</script>'
    html = figure_html(photo(caption=attack, credit=attack, alternative_text=attack))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 3
    assert 'alt="&quot;&gt;' in html


def test_a_poster_leads_to_the_page_of_its_video_and_names_the_site():
    link = "https://video.example.cn/v/1?a=1&b=2"
    html = figure_html(photo(video_url=link), address_of=in_folder)
    assert (
        '<a class="video" href="https://video.example.cn/v/1?a=1&amp;b=2"'
        ' rel="noopener noreferrer external">看视频（video.example.cn）</a>'
    ) in html
    assert html.count("video.example.cn") == 2
    for player in ("iframe", "<video", "<script", "preconnect"):
        assert player not in html


def test_a_picture_without_a_video_leads_nowhere():
    assert "<a" not in figure_html(photo(), address_of=in_folder)
    assert "<a" not in picture_html(photo(video_url="https://video.example.cn/v/1"))
