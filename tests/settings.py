"""What the tests set otherwise, each with its reason."""

import os

from newsroom.settings import *  # noqa: F403
from newsroom.settings import DATA_DIR, DATABASES, STORAGES

# Hundreds of log-ins need no slow hash.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# No collectstatic before a test, so no collected files to look for.
STATICFILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES = {**STORAGES, "staticfiles": STATICFILES}
WHITENOISE_AUTOREFRESH = True
# A server of their own, which need not survive a power cut: a test can't touch the demo's data.
FAST = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "2GB"}
EMBEDDED_POSTGRES = {"folder": DATA_DIR / "postgres-test", "options": FAST}
# Two runs at once do not meet.
DATABASES["default"]["TEST"] = {"NAME": f"test_newsroom_{os.getpid()}"}
