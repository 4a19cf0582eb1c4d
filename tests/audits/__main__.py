"""Judge the public pages of a demo and keep what was found in ``var/audits.txt``: ``make audit``.

``python -m tests.audits`` starts a demo of its own, ``python -m tests.audits ADDRESS`` asks one
that runs (which knows itself by another address, and loses points for that). The shipped nginx
stands before it, as before residents. Ends with 1 where the Nu checker finds anything or a page has
less than 95 of a hundred points by the median of five.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, sync_playwright

from tests import proxy
from tests.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.serving import free_port
from tests.shots import PROJECT, own_demo

TOOLS = PROJECT / "var" / "audits"
RESULTS = PROJECT / "var" / "audits.txt"
PHONE = {"width": 390, "height": 844}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95  # points of a hundred
TIMES = 5  # a machine is slower now and then: the median counts
JUDGED = ("front", "issue", "article", "search")
NOT_THERE = "/there-is-no-such-page/"


def say(line: str) -> None:
    """Write a line to the terminal, and keep it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    with RESULTS.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def install() -> None:
    """Install the judges in ``var/audits``; ends with what is missing on this machine."""
    missing = [name for name in ("npm", "java") if shutil.which(name) is None]
    missing += [] if os.access(CHROMIUM, os.X_OK) else ["chromium"]
    missing += [] if proxy.NGINX else ["nginx"]
    if missing:
        raise SystemExit(f"make audit needs {', '.join(missing)} on this machine.")
    TOOLS.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).parent / "package.json", TOOLS)
    quiet = ["--no-package-lock", "--no-fund", "--no-audit", "--silent"]
    subprocess.run([shutil.which("npm"), "install", *quiet], cwd=TOOLS, check=True)


# Pages


def pages(browser: Browser, site: str) -> dict[str, str]:
    """Return an address of each type of public page, found as a reader finds them: by links."""
    page = browser.new_page()

    def first(pattern: str, at: str) -> str:
        page.goto(site + at)
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.pathname)")
        return next(link for link in links if re.fullmatch(pattern, link))

    front = {"front": "/"}
    issue = first(r"/issues/\d{4}-\d\d-\d\d/", "/")
    lists = {
        "correspondent": first(r"/correspondents/\d+/", "/correspondents/"),
        "tag": first(r"/tags/\d+/", "/tags/"),
        "topic": first(r"/topics/[^/]+/", "/topics/"),
    }
    article = first(r"/articles/\d+/", issue)
    found = front | {
        "issue": issue,
        "page of an issue": first(rf"{issue}\d+/", issue),
        "article": article,
        "search": "/search/?q=%E6%A3%A0%E6%BA%AA",
        "nothing found": "/search/?q=%E9%BD%89%E9%BE%98",
        "archive": "/issues/",
        "year": first(r"/issues/\d{4}/", "/issues/"),
        "month": first(r"/issues/\d{4}/\d\d/", issue),
        "section": first(r"/sections/[^/]+/", "/"),
        "correspondents": "/correspondents/",
        "tags": "/tags/",
        **lists,
        "topics": "/topics/",
        "static page": "/pages/about/",
        "corrections": "/corrections/",
        "report of an error": f"{article}report/",
        "newsletter": "/newsletter/",
        "not there": NOT_THERE,
    }
    page.close()
    return found | {f"large print: {name}": f"/large{found[name]}" for name in JUDGED}


def weight(browser: Browser, address: str) -> tuple[int, int, int]:
    """Return the requests of a first view on a phone, and its bytes on the line: page, and all."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    sizes: dict[str, float] = {}
    documents: list[str] = []

    def answered(told: dict) -> None:
        documents.extend([told["requestId"]] if told["type"] == "Document" else [])

    def loaded(told: dict) -> None:
        sizes[told["requestId"]] = told["encodedDataLength"]

    line.on("Network.responseReceived", answered)
    line.on("Network.loadingFinished", loaded)
    page.goto(address, wait_until="networkidle")
    context.close()
    return len(sizes), round(sizes[documents[0]]), round(sum(sizes.values()))


# Judges


def invalid(html: dict[str, str]) -> list[str]:
    """Return what the Nu checker says of pages, by their names; warnings count."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, (name, text) in enumerate(html.items()):
            files.append(Path(folder, f"{number:02} {name.replace('/', ' ')}.html"))
            files[-1].write_text(text, encoding="utf-8")
        jar = next(TOOLS.glob("node_modules/vnu-jar/**/vnu.jar"))
        command = [shutil.which("java"), "-jar", str(jar), "--format", "json", "--exit-zero-always"]
        told = subprocess.run([*command, *map(str, files)], capture_output=True, check=True)
        return [
            f"{Path(unquote(urlsplit(each['url']).path)).stem}: {each['message']}"
            for each in json.loads(told.stderr)["messages"]
            if each["type"] != "info" or each.get("subType") == "warning"
        ]


def points(address: str) -> dict[str, int]:
    """Return Lighthouse's points on its phone in each category, by the median of five."""
    flags = " ".join([*CHROMIUM_FLAGS, "--headless"])
    command = [
        str(TOOLS / "node_modules/.bin/lighthouse"), address, "--quiet", "--output=json",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}",
    ]  # fmt: skip
    told = []
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    for _time in range(
        2 * TIMES
    ):  # a browser that does not start on a busy machine is no judgement
        made = subprocess.run(command, capture_output=True, env=environment, check=False)
        told += [json.loads(made.stdout)["categories"]] if made.returncode == 0 else []
        if len(told) == TIMES:
            break
    else:
        raise SystemExit(f"Lighthouse could not look at {address}: {made.stderr.decode()[-500:]}")
    return {
        name: round(100 * statistics.median(each[name]["score"] for each in told))
        for name in CATEGORIES
    }


@contextmanager
def fronted(address: str, port: int) -> Iterator[str]:
    """Put the shipped nginx before a demo, at a port, and yield its address."""
    application = urlsplit(address).netloc
    with (
        tempfile.TemporaryDirectory() as folder,
        proxy.running(proxy.shipped, Path(folder, "nginx"), application, folder, port) as site,
    ):
        yield site


def judge(address: str, port: int) -> bool:
    """Judge all types of pages of a demo, by way of a proxy; say whether all is well."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("")
    with fronted(address, port) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        found = pages(browser, site)
        say("| First view on a phone | requests | KB of the page | KB in all |\n|---|---|---|---|")
        html, page = {}, browser.new_page()
        for name, path in found.items():
            requests, own, whole = weight(browser, site + path)
            say(f"| {name} | {requests} | {own / 1000:.1f} | {whole / 1000:.1f} |")
            html[name] = page.request.get(site + path).text()
        browser.close()
        faults = invalid(html)
        say(f"\nThe Nu checker looked at {len(html)} pages and found {len(faults)} faults.")
        for each in faults:
            say(f"- {each}")
        say(f"\n| Lighthouse | {' | '.join(CATEGORIES)} |\n|{'---|' * (len(CATEGORIES) + 1)}")
        well = not faults
        for name in JUDGED:
            told = points(site + found[name])
            say(f"| {name} | {' | '.join(str(told[each]) for each in CATEGORIES)} |")
            well = well and min(told.values()) >= LEAST
    return well


def main(arguments: list[str]) -> int:
    """Judge a demo that runs, or one of its own."""
    install()
    port = free_port()
    if arguments:
        return 0 if judge(arguments[0], port) else 1
    with own_demo(SITE_URL=f"http://127.0.0.1:{port}") as (address, _accounts):
        return 0 if judge(address, port) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
