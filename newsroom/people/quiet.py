"""What need not stand in the log: that the watch did not find what it must not find."""

import logging

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
