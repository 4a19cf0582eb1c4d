"""What allauth is told: nothing that stops a whole office, nothing that depends on the machine."""

from pathlib import Path

from newsroom import account_settings


def test_no_limit_by_address_stands_before_a_log_in():
    assert account_settings.ACCOUNT_RATE_LIMITS["login"] is None
    assert "ip" not in account_settings.ACCOUNT_RATE_LIMITS["login_failed"]
    assert account_settings.MFA_RATE_LIMITS["webauthn_login"] is None


def test_used_codes_are_known_to_all_processes():
    assert account_settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_nothing_comes_from_the_environment():
    source = Path(account_settings.__file__).read_text("utf-8")
    assert "environ" not in source.partition('"""\n')[2].replace("# ", "")
