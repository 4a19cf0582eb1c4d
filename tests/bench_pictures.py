"""What it costs to take a picture in, and to make its files: ``python -m tests.bench_pictures``.

Milliseconds and megabytes, each picture in a process of its own so that its peak is its own. The
demo's database is asked, everything is taken back, and files lie in a folder that is removed.
"""

import io
import os
import subprocess
import sys
import tempfile
from time import perf_counter, process_time

import django
from PIL import Image

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
if __name__ == "__main__":
    django.setup()

from django.db import transaction
from django.test.utils import override_settings

from articles.images import TAKES_HEIC
from articles.workflow.developing import finish_picture, take_picture
from newsroom.people.models import User
from newsroom.people.roles import Role
from tests.memory import peak
from tests.scenes import scene

LARGEST = (9480, 6320)  # just below the limit of pixels
FLAT_PNG = {"format": "PNG", "compress_level": 6, "grain": 0}
CASES = {
    "JPEG, 24 megapixels": ((6000, 4000), "RGB", {"format": "JPEG", "quality": 92, "grain": 0.3}),
    "JPEG, 12 megapixels": ((4000, 3000), "RGB", {"format": "JPEG", "quality": 92, "grain": 0.3}),
    "the largest JPEG": (LARGEST, "RGB", {"format": "JPEG", "quality": 92}),
    "the largest progressive JPEG": (
        LARGEST, "RGB",
        {"format": "JPEG", "quality": 92, "progressive": True, "subsampling": "4:4:4"},
    ),
    "the largest JPEG in four inks": (LARGEST, "CMYK", {"format": "JPEG", "quality": 85}),
    "the largest PNG": (LARGEST, "RGB", FLAT_PNG),
    "the largest transparent PNG": (LARGEST, "RGBA", FLAT_PNG),
    "the largest PNG in 16 bits of grey": (LARGEST, "I;16", FLAT_PNG),
    "the largest GIF": (LARGEST, "P", {"format": "GIF", "grain": 0}),
    "the largest WebP": (LARGEST, "RGB", {"format": "WEBP", "quality": 80, "method": 0}),
    "the largest AVIF": (LARGEST, "RGB", {"format": "AVIF", "quality": 60, "speed": 10}),
    "the largest HEIC": (LARGEST, "RGB", {"format": "HEIF", "quality": 50}),
}  # fmt: skip


def file_of(case: str) -> bytes:
    """Return the picture of a case, as bytes of its format."""
    size, mode, options = CASES[case]
    options = dict(options)
    file = io.BytesIO()
    drawn = scene(1, (1500, 1000)).resize(size, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(size, 30).convert("RGB")  # so that it packs like a photograph
    pixels = Image.blend(drawn, grain, options.pop("grain", 0.03))
    if mode == "I;16":
        pixels = pixels.convert("L").convert("I")
    pixels.convert(mode).save(file, **options)
    return file.getvalue()


def measure(case: str) -> str:
    """Take one picture in and make its files; return a line of figures."""
    with open(case, "rb") as file:
        data = file.read()
    before = peak()
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(MEDIA_ROOT=folder),
        transaction.atomic(),
    ):
        by = User.objects.filter(groups__name=Role.EDITOR.value).first()
        picture, taking = timed(lambda: take_picture(data, by=by))
        with_taking = peak()
        made, finishing = timed(lambda: finish_picture(picture))
        transaction.set_rollback(True)
    return (
        f"{len(data) / 1e6:6.1f} MB sent, taken in {taking} and {with_taking:5.0f} MB; "
        f"{len(made):2} files more in {finishing} and {peak():5.0f} MB; {before:4.0f} MB before"
    )


def timed(do):
    """Return what ``do`` returns, and how long that took: by the clock, and of a processor."""
    begun, worked = perf_counter(), process_time()
    result = do()
    clock, work = perf_counter() - begun, process_time() - worked
    return result, f"{clock * 1000:5.0f} ms ({work * 1000:5.0f} of work)"


def main(*cases: str) -> None:
    """Measure each case in a process of its own."""
    for case in cases or CASES:
        if "HEIC" in case and not TAKES_HEIC:
            continue
        with tempfile.NamedTemporaryFile() as file:
            file.write(file_of(case))
            file.flush()
            command = [sys.executable, "-m", "tests.bench_pictures", "--file", file.name]
            line = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        print(f"{case:36}{line.strip()}")  # noqa: T201 - what it is for


if __name__ == "__main__":
    if sys.argv[1:2] == ["--file"]:
        print(measure(sys.argv[2]))  # noqa: T201
    else:
        main(*sys.argv[1:])
