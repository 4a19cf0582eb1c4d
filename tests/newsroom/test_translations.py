"""Everything a reader sees is there in Chinese."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from newsroom.translations import compile_translations

PROJECT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted(PROJECT.glob("locale/zh_Hans/LC_MESSAGES/*.po"))
PLACES = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def ids(path):
    return path.stem


def test_there_is_a_catalogue():
    assert "django" in {catalogue.stem for catalogue in CATALOGUES}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=ids)
def test_every_text_is_translated(catalogue):
    entries = [entry for entry in polib.pofile(catalogue) if not entry.obsolete]
    assert [entry.msgid for entry in entries if not entry.translated() or entry.fuzzy] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=ids)
def test_a_translation_fills_in_what_the_original_does(catalogue):
    wrong = [
        entry.msgid
        for entry in polib.pofile(catalogue)
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and not places(text) <= places(entry.msgid) | places(entry.msgid_plural)
    ]
    assert wrong == []


def places(text):
    return {name or other for name, other in PLACES.findall(text)}


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_no_text_of_the_source_is_missing(domain, tmp_path):
    for folder in ("articles", "issues", "newsroom", "templates", "static"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=leave_out)
    (tmp_path / "locale").mkdir()
    without_settings = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "zh_Hans", "-d", domain],
        cwd=tmp_path, check=False, capture_output=True, text=True, env=without_settings,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    name = f"locale/zh_Hans/LC_MESSAGES/{domain}.po"
    assert sorted(entries(tmp_path / name) - entries(PROJECT / name)) == []


def leave_out(folder, names):
    """Keep what holds texts."""
    return [
        name
        for name in names
        if Path(folder, name).is_file() and not name.endswith((".py", ".html", ".txt", ".js"))
    ]


def entries(file):
    found = polib.pofile(file) if file.exists() else []
    return {(entry.msgctxt or "", entry.msgid) for entry in found if not entry.obsolete}


def test_compiling_twice_writes_once(tmp_path):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="paper", msgstr="报纸"))
    catalogue.save(folder / "django.po")
    assert compile_translations(tmp_path) == [folder / "django.mo"]
    assert polib.mofile(folder / "django.mo")[0].msgstr == "报纸"
    assert compile_translations(tmp_path) == []
