"""How old and blind readers go through the paper: by keyboard without a script, and by ear."""

import pytest
from playwright.sync_api import expect

from articles import workflow
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
STEPS = 80
BODY = "<p>第一段的第一句。第一段的第二句！</p><p>第二段。</p>"
# A browser's speech that says nothing and ends when it is told to.
PRETENDED = """
  window.said = []
  window.voices = []
  const synth = new EventTarget()
  Object.assign(synth, {
    speaking: false, pending: false, getVoices: () => window.voices,
    speak(words) {
      Object.assign(this, { words, speaking: true })
      window.said.push(`${words.rate} ${words.text}`)
    },
    cancel() {
      const words = this.words
      this.speaking = false
      setTimeout(() => words?.onerror?.({ error: "canceled" }))
    },
    end() { this.speaking = false; this.words.onend({}) },
  })
  Object.defineProperty(window, "speechSynthesis", { value: synth })
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
"""
A_VOICE_COMES = """
  const here = (lang) => ({ lang, localService: true })
  window.voices = [here("en-GB"), here("zh-HK"), { lang: "zh_CN", localService: false }]
  speechSynthesis.dispatchEvent(new Event("voiceschanged"))
"""


@pytest.fixture
def cast(browser):
    return factories.Cast()


def walk_to(page, name: str):
    """Go on by the Tab key until something has the focus; everything on the way shows it."""
    for _step in range(STEPS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        outline = focused.evaluate("(each) => getComputedStyle(each).outlineStyle")
        assert outline == "solid", focused.evaluate("(each) => each.outerHTML")
        if focused.inner_text().strip().rstrip("▾▴ ") == name:
            return focused
    raise AssertionError(f"{name} is not reached by the keyboard.")


def test_an_old_reader_goes_through_large_print_by_keyboard_without_a_script(
    browser, live_server, cast
):
    lead, second = (
        factories.approved(cast, headline="头条"),
        factories.approved(cast, headline="次条"),
    )
    factories.live_issue(cast, lead, second)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.set_default_timeout(10_000)
    page = context.new_page()

    def follow(name, address):
        walk_to(page, name)
        page.keyboard.press("Enter")
        page.wait_for_url(live_server.url + address)

    page.goto(live_server.url)
    follow("长辈版", "/large/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    follow("次条", f"/large{second.get_absolute_url()}")
    expect(page.locator(".prose p").first).to_have_css("font-size", "28px")
    walk_to(page, "字号与颜色")
    page.keyboard.press("Enter")
    dark = f"/large/extra/yellow-on-black{second.get_absolute_url()}"
    follow("特大字", f"/large/extra{second.get_absolute_url()}")
    walk_to(page, "字号与颜色")
    page.keyboard.press("Enter")
    follow("黑底黄字", dark)
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    expect(page.locator(".prose p").first).to_have_css("font-size", "36px")
    expect(page.locator(".aloud")).to_be_hidden()  # without a script it is no use
    follow("往期", "/large/extra/yellow-on-black/issues/")
    page.goto(live_server.url + dark)
    follow("退出长辈版", second.get_absolute_url())
    assert context.cookies() == []
    context.close()


def test_somebody_listens_to_a_piece_and_to_a_whole_page(page, live_server, cast):
    first = factories.approved(cast, headline="先读的", body=BODY)
    gone = factories.approved(cast, headline="撤下的")
    last = factories.approved(cast, headline="后读的", body="<p>末一篇。</p>")
    issue = factories.live_issue(cast, first, gone, last)
    page.add_init_script(PRETENDED)
    bar, marked = page.locator(".aloud"), page.locator(".aloud-now")
    button, heard = page.locator("[data-do=turn]"), []

    def said(sentence, rate="1"):
        """Wait until a sentence is said."""
        expect(page.locator("[data-do=caption]")).to_have_text(sentence)
        heard[:] = page.evaluate("said")
        assert heard[-1] == f"{rate} {sentence}"

    page.goto(live_server.url + first.get_absolute_url())
    expect(bar).to_be_hidden()
    page.evaluate(A_VOICE_COMES)
    button.click()
    said("先读的")
    assert page.evaluate("speechSynthesis.words.voice.lang") == "zh_CN"
    page.evaluate("speechSynthesis.end()")
    said("第一段的第一句。")
    expect(marked).to_have_text("第一段的第一句。第一段的第二句！")
    page.evaluate("speechSynthesis.end()")
    said("第一段的第二句！")
    button.press("Enter")  # pause: what is cut off is said again
    expect(button).to_have_text("继续")
    page.evaluate("speechSynthesis.end()")  # a voice that ends late moves nothing on
    button.press("Enter")
    said("第一段的第二句！")
    bar.get_by_role("combobox").select_option("0.75")
    said("第一段的第二句！", "0.75")
    bar.get_by_role("button", name="下一段").click()
    said("第二段。", "0.75")
    bar.get_by_role("button", name="停止").click()
    expect(marked).to_have_count(0)
    expect(button).to_be_focused()
    expect(bar.locator("[aria-live]")).to_have_count(0)  # a screen reader is not talked over

    page.goto(f"{live_server.url}/large{issue.get_absolute_url()}1/")
    workflow.withdraw(gone, by=cast.chief, reason="失实。")
    page.evaluate(A_VOICE_COMES)
    button.click()
    for sentence in (
        "先读的",
        "第一段的第一句。",
        "第一段的第二句！",
        "第二段。",
        "后读的",
        "末一篇。",
    ):
        said(sentence, "0.75")
        page.evaluate("speechSynthesis.end()")
    expect(bar).to_have_attribute("data-state", "still")
