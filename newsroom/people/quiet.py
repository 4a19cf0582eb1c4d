"""What need not stand in the log: that the watch did not find what it must not find; secrets."""

import logging
import re

AGENT = "newsroom-watch/1"
"""What a check calls itself."""
EXPECTED = (404, 410)


class NotAskedByTheWatch(logging.Filter):
    """Leave out that an address is not there, or gone, where a check has asked for it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line is to be written."""
        request = getattr(record, "request", None)
        meta = getattr(request, "META", None) or {}
        asked = meta.get("HTTP_USER_AGENT") == AGENT
        return not (asked and getattr(record, "status_code", None) in EXPECTED)


# Addresses that open something to whoever knows them; the last step is the secret.
_SECRET = re.compile(r"/(preview|reports)/[\w-]{16,}")


class SecretAddressesMasked(logging.Filter):
    """Write an address that is a secret without its secret, whatever is told of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the line; it is always written."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                _SECRET.sub(r"/\1/…", each) if isinstance(each, str) else each
                for each in record.args
            )
        return True
