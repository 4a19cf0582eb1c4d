"""The demo's log-ins."""

import stat

import pytest

from newsroom.demo import accounts
from newsroom.demo.staging import CAST, hire

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_passwords_are_made_once_and_kept_for_their_owner_only(settings):
    made = accounts.passwords(CAST)
    assert accounts.passwords(CAST) == made
    assert len(set(made.values())) == len(CAST)
    file = settings.DATA_DIR / "demo-accounts.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_sheet_tells_who_may_log_in_and_how():
    known = accounts.passwords(CAST)
    people = hire(known)
    sheet = accounts.sheet(8123, known)
    assert "http://localhost:8123/admin/" in sheet
    assert "可以试试" in sheet
    for username, user in people.items():
        assert known[username] in sheet
        assert user.name in sheet
        assert user.check_password(known[username])


def test_a_password_changed_since_is_not_set_back():
    people = hire(accounts.passwords(CAST))
    people["chief"].set_password("mein-own-secret-9")
    people["chief"].save()
    assert hire(accounts.passwords(CAST))["chief"].check_password("mein-own-secret-9")
