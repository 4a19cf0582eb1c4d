"""What can go wrong with the private database, in one sentence each."""

import psycopg


def gettext_noop(text):
    """Mark a sentence for translation without asking Django for one; the engine translates."""
    return text


class ClusterError(psycopg.OperationalError):
    """The private database can't be used, and why.

    It is an operational error of the database driver, so that Django and its callers treat it as
    any other unreachable database.
    """

    def __init__(self, text, **facts):
        super().__init__(text % facts)
        self.text = text
        self.facts = facts
