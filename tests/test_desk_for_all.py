"""Every page of the desk, on a phone and a desktop, in light and in dark: usable by everybody.

The pages are the doors of the permission matrix, so a new one is looked at without being named.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from newsroom.people.roles import Role
from tests import factories
from tests.test_permission_matrix import DOORS, House, page_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WINDOWS = [(1280, 900), (390, 844)]
FADED = """document.getAnimations()
    .filter(each => each instanceof CSSTransition).forEach(each => each.finish())"""
# A second look at the same page in other colours can only find what colours do.
LOOKS = {"light": {"resultTypes": ["violations"]}, "dark": {"runOnly": ["color-contrast"]}}
# Data, files and doors that lead elsewhere; they show no page of ours.
NO_PAGE = {
    "jsi18n", "autocomplete", "photo", "attachment", "logout", "view_on_site", "app_list",
    "articles_article_upload_of",  # what a script asks for, of its own sender
    "articles_article_sheet_pdf", "issues_issue_sheet_pdf",
    "articles_picture_pick",  # what a dialog in the form of a piece shows
    "readers_redirect_table", "readers_redirectimport_refused",  # tables to keep
    "articles_article_csv", "notice_open", "account_invitation",  # of a link that nobody sent
    "articles_article_preview",  # the public page, looked at with the public pages
}  # fmt: skip
PAGES = sorted(
    name for name, door in DOORS.items() if door.people and not door.post and name not in NO_PAGE
)


@pytest.fixture
def house(browser):
    """A house with somebody in it who opens every door, and a photograph in the piece."""
    made = House(state="second", issue_state="unsigned")
    made.cast.allround = factories.person("万能", *Role, username="all", is_superuser=True)
    for door in DOORS.values():
        made.behind(door)
    factories.with_photo(made.piece, video_url="https://video.example.cn/v/1")
    factories.with_attachment(made.piece)
    return made


def signed_in(context, url: str, user) -> None:
    """Give a browser the cookie of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    assert SessionStore(client.cookies[name].value).keys()
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def findings(page, scheme: str) -> list:
    """Return what axe finds on a page, and by how much the page is too wide."""
    found = [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in Axe().run(page, options=LOOKS[scheme]).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([("too wide", wide)] if wide > 0 else [])


def looked_at(page, address: str, said: list) -> list:
    """Return what is wrong with a page at both widths, in both schemes, by script and policy."""
    wrong = []
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        said.clear()
        answer = page.goto(address)
        if answer.status != 200:
            return [f"answers {answer.status}"]
        if not answer.headers["content-type"].startswith("text/html"):
            return []  # what a script asks for, no page
        wrong += said  # axe itself breaks the policy, so this comes first
        for scheme in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(FADED)
            wrong += [f"{width} {scheme}: {each}" for each in findings(page, scheme)]
    return wrong


@pytest.mark.parametrize(("who", "part"), [("allround", 0), ("allround", 1), ("writer", None)])
def test_every_page_of_the_desk_is_usable_by_all(house, page, live_server, who, part):
    """In parts, so that two cores share them."""
    said = []
    page.on("console", lambda line: said.append(line.text) if "Policy" in line.text else None)
    signed_in(page.context, live_server.url, getattr(house.cast, who))
    names = [name for name in PAGES if who == "allround" or who in DOORS[name].people]
    wrong = [
        f"{name}: {fault}"
        for name in (names if part is None else names[part::2])
        for fault in looked_at(page, live_server.url + page_of(name, house), said)
    ]
    assert "\n".join(wrong) == ""
