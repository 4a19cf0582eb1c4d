"""Renditions made in a process of its own, which can be killed: ``python -m tests.finishing``.

It takes the name of the running test's database; ``MEDIA_ROOT`` names its files.
"""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def start(database: str, media: Path) -> subprocess.Popen:
    """Start to make what every picture lacks, and wait until the first is about to be opened."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.finishing", database],
        cwd=PROJECT,
        env=os.environ | {"MEDIA_ROOT": str(media)},
        stdout=subprocess.PIPE,
    )
    process.stdout.readline()
    return process


def _finish(database: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings  # noqa: PLC0415 - settings are named above

    settings.DATABASES["default"]["NAME"] = database
    import django  # noqa: PLC0415

    django.setup()
    from articles.models import Picture  # noqa: PLC0415
    from articles.workflow.developing import finish_picture  # noqa: PLC0415

    for picture in Picture.objects.all():
        print(picture.pk, flush=True)  # noqa: T201 - somebody waits for it
        finish_picture(picture)


if __name__ == "__main__":
    _finish(sys.argv[1])
