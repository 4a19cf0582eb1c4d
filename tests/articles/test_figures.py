"""Photographs as markup: the right file for each screen, and no words that could be markup."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from articles.figures import FOCAL_STEPS, figure_html, picture_html
from articles.images import COLOURS

SITE_CSS = Path(__file__).resolve().parents[2] / "static" / "site" / "site.css"


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
        "focal_x": 0.5,
        "focal_y": 0.5,
        **fields,
    })  # fmt: skip


def in_folder(digest, name):
    return f"pictures/{digest[:2]}/{name}"


def srcset(kind, *widths):
    return ", ".join(f"pictures/ab/{width}.{kind} {width}w" for width in widths)


def test_a_picture_offers_every_format_in_every_width_and_says_its_size():
    html = picture_html(photo(widths=[480, 960], width=960), sizes="50vw", address_of=in_folder)
    assert html == (
        f'<picture><source type="image/avif" srcset="{srcset("avif", 480, 960)}" sizes="50vw">'
        f'<source type="image/webp" srcset="{srcset("webp", 480, 960)}" sizes="50vw">'
        '<img alt="三位读者坐在窗边" decoding="async" height="1600" loading="lazy" sizes="50vw"'
        f' src="pictures/ab/960.jpg" srcset="{srcset("jpg", 480, 960)}" width="960"></picture>'
    )


def test_no_place_is_offered_more_than_it_has_use_for():
    html = picture_html(photo(), place="line", address_of=in_folder)
    assert set(re.findall(r"ab/(\d+)\.", html)) == {"480"}
    tiny = picture_html(photo(widths=[300], width=300), place="line", address_of=in_folder)
    assert set(re.findall(r"ab/(\d+)\.", tiny)) == {"300"}


def test_a_small_picture_is_its_own_ordinary_width():
    assert 'src="pictures/ab/700.jpg"' in picture_html(
        photo(widths=[480, 700], width=700), address_of=in_folder
    )


def test_the_colour_and_the_focal_point_are_classes():
    html = picture_html(photo(focal_x=0.21, focal_y=1.0), colour="sky")
    assert 'class="hue-sky fx-2 fy-10"' in html
    assert "style" not in html
    assert "class=" not in picture_html(photo())


def test_every_class_a_picture_may_get_is_in_the_style_sheet():
    css = SITE_CSS.read_text(encoding="utf-8")
    steps = [step for step in range(FOCAL_STEPS + 1) if step != FOCAL_STEPS // 2]
    for name in [f"hue-{colour}" for colour in COLOURS] + [
        f"f{a}-{n}" for a in "xy" for n in steps
    ]:
        assert f".{name} {{" in css, name
    for name, parts in COLOURS.items():
        assert f".hue-{name} {{ background: #{bytes(parts).hex()}; }}" in css


def test_only_the_lead_is_fetched_first():
    lead = picture_html(photo(), lead=True)
    assert 'fetchpriority="high"' in lead
    assert "loading=" not in lead
    assert "decoding=" not in lead
    assert "fetchpriority" not in picture_html(photo())


def test_addresses_are_those_of_the_doors():
    assert f"/photos/{'ab' * 32}/960.webp 960w" in picture_html(photo())


@pytest.mark.parametrize("missing", [None, photo(digest="")])
def test_a_photo_without_a_file_is_nothing(missing):
    assert picture_html(missing) == ""
    assert figure_html(missing) == ""


def test_a_figure_has_caption_and_credit():
    html = figure_html(photo())
    assert html.startswith("<figure><picture><source ")
    assert html.endswith(
        '<figcaption class="cap"><span>居民在阅览室里看书。</span>'
        '<span class="by">梁序 摄</span></figcaption></figure>'
    )


@pytest.mark.parametrize(
    ("caption", "credit", "end"),
    [
        ("", "梁序 摄", '<figcaption class="cap"><span class="by">梁序 摄</span></figcaption>'),
        ("看书。", "", '<figcaption class="cap"><span>看书。</span></figcaption>'),
        ("", "", 'width="2400"></picture>'),
    ],
)
def test_words_that_are_missing_leave_no_empty_elements(caption, credit, end):
    assert figure_html(photo(caption=caption, credit=credit)).endswith(end + "</figure>")


def test_a_half_figure_says_so():
    html = figure_html(photo(), size="half")
    assert html.startswith('<figure class="half">')
    assert "313px" in html


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
