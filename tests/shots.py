"""Take the screenshots of ``docs/editors.md`` from a running demo: ``make shots``.

``python -m tests.shots`` starts a demo of its own, in a folder that is removed again.
``python -m tests.shots ADDRESS ACCOUNTS`` uses a fresh one that runs: its address, and the file
of its log-ins (``var/demo-accounts.json``). Some pictures need something done first, so that
demo is changed.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from socket import socket

import django
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_FLAGS

PROJECT = Path(__file__).resolve().parents[1]
SHOTS = PROJECT / "docs" / "shots"
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
PATIENCE = 300  # seconds until a demo that does not answer is given up
LIMIT = 150_000  # bytes of one picture
DRAFT, LOOSE = "社区卫生站的血压本", "一封读者来信"


class Photographer:
    """A browser in front of a demo, with the log-ins of its people."""

    def __init__(self, browser: Browser, address: str, accounts: dict[str, str]):
        self.browser = browser
        self.address = address.rstrip("/")
        self.accounts = accounts

    def page(self, path: str = "/", who: str = "", window=DESKTOP) -> Page:
        """Open a page in a window of its own, signed in as ``who`` at the desk."""
        context = self.browser.new_context(
            viewport=window, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
        )
        page = context.new_page()
        if who:
            page.goto(f"{self.address}/admin/login/?next=/admin/")
            page.fill("[name=username]", who)
            page.fill("[name=password]", self.accounts[who])
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/admin/")
        page.goto(self.address + path)
        return page

    def piece(self, page: Page, headline: str, door: str) -> None:
        """Go to one of a piece's pages at the desk."""
        page.goto(f"{self.address}/admin/articles/article/?q={headline}")
        link = page.locator("#result_list .ttl a, .desk-list .ttl a").first
        number = re.search(r"/(\d+)/", link.get_attribute("href"))[1]
        page.goto(f"{self.address}/admin/articles/article/{number}/{door}/")


def keep(page: Page, name: str) -> None:
    """Write what the window shows as WebP."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    file = SHOTS / f"{name}.webp"
    picture.save(file, quality=82, method=6)
    size = file.stat().st_size
    if size > LIMIT:
        raise SystemExit(f"{file.name} has {size} bytes; {LIMIT} are allowed.")
    sys.stdout.write(f"  {file.name}  {size // 1024} KB\n")


# The pictures, in the order of the handbook


def public(at: Photographer) -> None:
    """Show today's paper and one of its pieces."""
    front = at.page()
    keep(front, "front")
    lead = front.locator(".lead h2 a").first.get_attribute("href")
    keep(at.page(window=PHONE), "front-phone")
    keep(at.page(lead), "article")


def correspondent(at: Photographer) -> None:
    """Show the work of a correspondent: what came back, on a phone, and the form."""
    keep(at.page("/admin/", "correspondent", PHONE), "mine-phone")
    page = at.page("/admin/", "correspondent")
    page.get_by_role("link", name="去改稿").first.click()
    page.locator(".ProseMirror").wait_for()
    keep(page, "form")


def review(at: Photographer) -> None:
    """Show a reviewer's workbench, list, signing, and a comparison after a mend."""
    keep(at.page("/admin/", "editor"), "dashboard")
    page = at.page("/admin/articles/article/?queue=mine", "editor", PHONE)
    page.evaluate("scrollTo(0, document.querySelector('#result_list').getBoundingClientRect().top)")
    keep(page, "list-phone")
    keep(at.page("/admin/articles/picture/", "editor"), "library")
    page = at.page("/admin/", "editor")
    at.piece(page, DRAFT, "read")
    page.get_by_role("button", name="认领").click()
    page.locator(".ProseMirror").wait_for()
    page.fill("[name=headline]", "社区卫生站的血压本|换成了大字样")
    page.click("[name=_verb][value=sign]")
    page.wait_for_url("**/admin/")
    page = at.page("/admin/", "deskhead")
    at.piece(page, DRAFT, "read")
    keep(page, "sign")
    at.piece(page, DRAFT, "compare")
    keep(page, "compare")


def issue(at: Photographer, text: str) -> None:
    """Show an edition being read, the board of tomorrow's issue, and one being scheduled."""
    page = at.page("/admin/issues/editionimport/add/", "issues")
    page.fill("[name=pasted]", text)
    page.fill("[name=date]", f"{timezone.localdate() + timedelta(days=8)}")
    page.get_by_role("button", name="读取").click()
    page.locator("#proposal .strip-side + * summary").first.click()
    keep(page, "import")
    page.goto(f"{at.address}/admin/issues/issue/")
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.locator("#result_list tbody th a", has_text=f"{tomorrow:%Y-%m-%d}").first.click()
    keep(page, "board")
    _close_one(at, page)
    page.get_by_text("定时上线…").click()
    keep(page, "schedule")


def _close_one(at: Photographer, page: Page) -> None:
    """Plan an issue of one page with the one piece that is signed and stands nowhere; close it."""
    page.goto(f"{at.address}/admin/issues/issue/add/")
    form = page.locator("form[method=post].stack")
    form.locator("[name=date]").fill(f"{timezone.localdate() + timedelta(days=20)}")
    form.locator("[name=template]").select_option("")
    form.locator("[name=pages]").fill("要闻")
    page.get_by_role("button", name="新建这一期").click()
    card = page.locator("form[action*='/act/place/']").first
    card.evaluate("form => form.closest('details').open = true")
    card.locator("[name=weight]").select_option("lead")
    card.get_by_role("button", name="排上").click()
    page.locator("form[action*='/act/close/'] button").click()
    page.get_by_text("定时上线…").wait_for()


# The demo


@contextmanager
def own_demo(**settings: str):
    """Start a demo in a folder of its own; yield its address and log-ins, then remove it.

    ``settings`` are those of the environment that are not as usual.
    """
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NEWSROOM_DATA": folder, **settings}
        server = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=PROJECT, env=environment, start_new_session=True,
        )  # fmt: skip
        try:
            _wait(server, port)
            accounts = Path(folder, "demo-accounts.json").read_text(encoding="utf-8")
            yield f"http://127.0.0.1:{port}", json.loads(accounts)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()
            remove = [sys.executable, "-m", "newsroom.embedded", "remove", f"{folder}/postgres"]
            subprocess.run(remove, cwd=PROJECT, check=False)


def _wait(server: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            HTTPConnection("127.0.0.1", port, timeout=2).connect()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The demo did not start.")


def take(address: str, accounts: dict[str, str], text: str) -> None:
    """Take every picture."""
    SHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        # Chromium's own words, as in a field for a date, follow the variable where it knows them.
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=CHROMIUM_FLAGS,
            env={**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"},
        )
        at = Photographer(browser, address, accounts)
        public(at)
        correspondent(at)
        review(at)
        issue(at, text)
        browser.close()


def edition() -> str:
    """Return the text of an edition that the demo has not brought in yet."""
    from newsroom.demo import stock  # noqa: PLC0415 - needs Django to be set up

    return stock.Edition.of("next3", timezone.localdate() + timedelta(days=8)).text


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    if len(sys.argv) == 3:
        known = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
        take(sys.argv[1], known, edition())
    else:
        with own_demo() as (running, known):
            take(running, known, edition())
