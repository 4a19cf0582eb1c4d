"""What holds for every test: no network, no shared files, a browser where one is asked for."""

import os
import shutil
import socket

import hypothesis
import pytest
from django.db import connection
from playwright.sync_api import sync_playwright

from newsroom.people import clock
from tests.database import keep_what_migrations_wrote, migrated_template

LOCAL = {"127.0.0.1", "::1", "localhost", ""}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_FLAGS = (
    "--no-sandbox",  # root in a container has no other choice
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# A busy machine makes a slow example, not a wrong one.
hypothesis.settings.register_profile("newsroom", deadline=None)
hypothesis.settings.load_profile("newsroom")


class NetworkRefusedError(Exception):
    """A test tried to leave this machine."""


def pytest_configure():
    """Refuse every way out of this machine, before anything is imported that might take one."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_locally(self, address):
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise NetworkRefusedError(f"A test tried to connect to {address[0]}.")
        return connect(self, address)

    def look_up_locally(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name and name not in LOCAL:
            raise NetworkRefusedError(f"A test tried to look up {name}.")
        return look_up(host, *arguments, **options)

    socket.socket.connect = connect_locally
    socket.getaddrinfo = look_up_locally


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Copy a migrated database for this run instead of migrating an empty one."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let tests that commit leave no more behind than they found."""
    with django_db_blocker.unblock():
        keep_what_migrations_wrote()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Give each test a folder of its own for photographs."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _clock_is_read(request, monkeypatch):
    """Read the database's clock before a test counts statements, not while it does."""
    node = request.node
    if node.get_closest_marker("django_db") and not node.get_closest_marker("journey"):
        monkeypatch.setattr(clock, "KEPT", 3600)  # seconds; a busy machine takes long over a test
        request.getfixturevalue("_django_db_helper")
        clock.read()


@pytest.fixture(scope="session")
def browser():
    """Chromium. Without one the journey is skipped, but not where CI relies on it."""
    if not os.access(CHROMIUM, os.X_OK):
        excuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        excuse(f"There is no Chromium at {CHROMIUM}; set CHROMIUM to name one.")
    # Playwright's loop runs in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A page in a window of its own, in Chinese; an error of a script fails the test."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(10_000)
    opened = context.new_page()
    errors = []
    opened.on("pageerror", lambda error: errors.append(error))
    yield opened
    context.close()
    assert not errors, errors
