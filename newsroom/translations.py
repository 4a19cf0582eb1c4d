"""Compile the translations: ``python -m newsroom.translations``.

Django's own compilemessages needs GNU gettext, which a newcomer's machine may not have.
"""

import os
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_translations(folder=LOCALE):
    """Write a .mo file beside each .po file that is newer, and return the paths written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Another process may be reading the old file, or writing the same new one.
        draft = target.with_suffix(f".{os.getpid()}")
        polib.pofile(source).save_as_mofile(draft)
        draft.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_translations()
