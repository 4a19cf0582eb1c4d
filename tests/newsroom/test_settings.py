"""A start that would be wrong does not happen, and says why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DATABASE_URL": "postgres://x@127.0.0.1/never-opened",
    "SECRET_KEY": "k3Vd9xQ2nW7rT5yB8mZ1cL6pF4hJ0gSaUeOiRuXwYvNqMzKtDb",
    "ALLOWED_HOSTS": "paper.example",
}


def read_settings(tmp_path, *names, **environment):
    """Import the settings in a process of their own and print some of them."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    code = f"from newsroom import settings as s; print(*(getattr(s, n) for n in {names!r}))"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False,
        env=inherited | {"NEWSROOM_DATA": str(tmp_path)} | environment,
    )  # fmt: skip


def test_an_unclear_boolean_stops_the_start(tmp_path):
    done = read_settings(tmp_path, DEBUG="maybe")
    assert done.returncode != 0
    assert "The environment variable DEBUG must be one of" in done.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without_its_secrets(tmp_path, missing):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = read_settings(tmp_path, **environment)
    assert done.returncode != 0
    assert f"The environment variable {missing} is missing" in done.stderr


def test_production_insists_on_tls(tmp_path):
    done = read_settings(
        tmp_path, "DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", **PRODUCTION
    )
    assert done.stdout.split() == ["False", "True", "True"], done.stderr


def test_a_fresh_clone_starts_on_its_own_database(tmp_path):
    done = read_settings(tmp_path, "EMBEDDED", "DEBUG", "ALLOWED_HOSTS")
    assert done.stdout.startswith("True False ['localhost'"), done.stderr
    assert (tmp_path / "secret_key").exists()
