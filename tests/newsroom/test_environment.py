"""The environment is read strictly."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.environment import Environment, kept_secret


@pytest.mark.parametrize(
    ("written", "meant"), [("true", True), (" On ", True), ("1", True), ("no", False), ("0", False)]
)
def test_a_boolean_is_one_of_eight_words(monkeypatch, written, meant):
    monkeypatch.setenv("NEWSROOM_TEST", written)
    assert Environment().bool("NEWSROOM_TEST") is meant


@pytest.mark.parametrize("written", ["maybe", "", "2", "wahr"])
def test_anything_else_is_refused_by_name(monkeypatch, written):
    monkeypatch.setenv("NEWSROOM_TEST", written)
    with pytest.raises(ImproperlyConfigured, match="NEWSROOM_TEST must be one of"):
        Environment().bool("NEWSROOM_TEST")


def test_a_boolean_that_is_not_there_is_the_default():
    assert Environment().bool("NEWSROOM_NOT_THERE", default=True) is True


@pytest.mark.parametrize("written", [None, "", "  "])
def test_what_production_cannot_do_without_is_named(monkeypatch, written):
    monkeypatch.delenv("NEWSROOM_TEST", raising=False)
    if written is not None:
        monkeypatch.setenv("NEWSROOM_TEST", written)
    with pytest.raises(ImproperlyConfigured, match="NEWSROOM_TEST is missing"):
        Environment().required("NEWSROOM_TEST")


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path):
    file = tmp_path / "var" / "secret_key"
    with ThreadPoolExecutor(4) as several:
        secrets = set(several.map(lambda _: kept_secret(file), range(8)))
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert os.listdir(file.parent) == ["secret_key"]
