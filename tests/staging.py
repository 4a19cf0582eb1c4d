"""``python -m tests.staging TASK …``: ``tests.instants`` in a process of its own."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tests.instants import main  # noqa: E402 - it asks for models

main(*sys.argv[1:])
