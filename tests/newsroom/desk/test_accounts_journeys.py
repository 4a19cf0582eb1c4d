"""Accounts in a browser: a passkey is made and opens the desk; every page is usable by all."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from newsroom.desk import inviting
from newsroom.desk.models import Invitation
from newsroom.people.models import SiteSettings
from newsroom.people.second_factor import passkeys_of
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WINDOWS = [(1280, 900), (390, 844)]


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def desk(live_server):
    """Return the address of the desk by a name: passkeys belong to none that is a number."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def with_key(page):
    """A telephone that opens with a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def log_in(page, desk, name):
    page.goto(desk + reverse("account_login"))
    page.fill("[name=username]", name)
    page.fill("[name=password]", factories.PASSWORD)
    page.press("[name=password]", "Enter")


def findings(page) -> list:
    """Return what axe finds on a page, and by how much the page is too wide."""
    found = [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([("too wide", wide)] if wide > 0 else [])


def test_a_passkey_is_made_on_demand_and_opens_the_desk(cast, with_key, desk):
    SiteSettings.objects.update(second_factor_grace_days=0)
    page = with_key
    log_in(page, desk, "editor")
    page.wait_for_url(f"{desk}{reverse('mfa_index')}**")
    page.get_by_role("link", name="添加通行密钥").click()
    page.fill("[name=name]", "编辑部电脑")
    page.get_by_role("button", name="添加通行密钥").click()
    page.wait_for_url(desk + reverse("mfa_view_recovery_codes"))
    assert page.locator(".codes code").count() == 10
    assert passkeys_of(cast.editor).count() == 1
    page.get_by_role("link", name="已经收好，去工作台").click()
    page.wait_for_url(desk + reverse("admin:index"))
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(desk + reverse("account_login"))
    page.get_by_role("button", name="用指纹、面容或安全密钥").click()
    page.wait_for_url(desk + reverse("admin:index"))


def test_a_passkey_is_the_second_factor_after_the_password(cast, with_key, desk):
    page = with_key
    log_in(page, desk, "editor")
    page.goto(desk + reverse("mfa_add_webauthn"))
    page.get_by_role("button", name="添加通行密钥").click()
    page.wait_for_url(desk + reverse("mfa_view_recovery_codes"))
    page.goto(desk + reverse("admin:index"))
    page.get_by_role("button", name="退出").click()
    log_in(page, desk, "editor")
    page.wait_for_url(desk + reverse("mfa_authenticate"))
    page.get_by_role("button", name="用指纹、面容或安全密钥").click()
    page.wait_for_url(desk + reverse("admin:index"))


@pytest.mark.parametrize("window", WINDOWS, ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_account_pages_are_usable_by_all(cast, page, live_server, window, scheme):
    broken = []
    page.on("console", lambda said: broken.append(said.text) if "Policy" in said.text else None)
    page.set_viewport_size({"width": window[0], "height": window[1]})
    page.emulate_media(color_scheme=scheme)
    sent = inviting.invite(
        Invitation(name="秦越", unit=cast.unit, roles=["editor"]), by=cast.administrator
    )
    factories.draft(cast)
    strangers = [
        reverse("account_login"),
        reverse("account_reset_password"),
        reverse("account_reset_password_done"),
        reverse("account_inactive"),
        reverse("account_invitation", args=[sent.token]),
        reverse("account_invitation", args=["forged"]),
    ]
    colleagues = [
        reverse("mfa_index"),
        reverse("mfa_activate_totp"),
        reverse("mfa_add_webauthn"),
        reverse("account_change_password"),
        reverse("account_reauthenticate"),
        reverse("admin:desk_invitation_changelist"),
        reverse("admin:desk_invitation_add"),
        reverse("admin:desk_invitation_change", args=[sent.pk]),
        reverse("admin:person_account", args=[cast.editor.pk]),
        reverse("admin:person_leave", args=[cast.writer.pk]),
        reverse("admin:records"),
    ]
    found = {}
    for addresses in (strangers, colleagues):
        if addresses is colleagues:
            log_in(page, live_server.url, "admin")
            page.wait_for_load_state("networkidle")
        for url in addresses:
            page.goto(live_server.url + url)
            page.wait_for_load_state("networkidle")
            assert broken == [], url
            if wrong := findings(page):
                found[url] = wrong
            broken.clear()  # looking for findings breaks the policy itself
    assert found == {}
