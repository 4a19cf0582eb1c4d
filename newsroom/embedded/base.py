"""The database engine ``newsroom.embedded``: PostgreSQL, started when it is first asked for."""

from contextlib import contextmanager
from functools import cache

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base as postgresql
from django.utils.translation import get_language, gettext, override

from newsroom.embedded.client import DatabaseClient
from newsroom.embedded.cluster import Cluster
from newsroom.embedded.problem import ClusterError


@cache
def project_cluster():
    """Return the cluster the settings describe."""
    return Cluster(**settings.EMBEDDED_POSTGRES)


class Connection(psycopg.Connection):
    """A connection that has a server found dead started again, for the pool's own attempts."""

    @classmethod
    def connect(cls, *arguments, **parameters):
        try:
            return super().connect(*arguments, **parameters)
        except psycopg.OperationalError:
            if not project_cluster().revive():
                raise
            return super().connect(*arguments, **parameters)


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """PostgreSQL on the project's own server, which is started on the way to a connection.

    Commands that open no connection start no server.
    """

    client_class = DatabaseClient

    @property
    def cluster(self):
        return project_cluster()

    def prepare(self):
        """Have the server running, and note where it is reached."""
        with in_the_readers_language():
            if not self.settings_dict["HOST"]:
                self.cluster.start()
            reached = self.cluster.parameters
        self.settings_dict |= {name.upper(): value for name, value in reached.items()}

    def get_connection_params(self):
        self.prepare()
        return super().get_connection_params()

    @property
    def pool(self):
        options = self.settings_dict["OPTIONS"]
        if options.get("pool"):
            own = {"connection_class": Connection}
            options["pool"] = own if options["pool"] is True else own | options["pool"]
        return super().pool

    def get_new_connection(self, conn_params):
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            with in_the_readers_language():
                if not self.cluster.revive():
                    raise
            return super().get_new_connection(conn_params)


@contextmanager
def in_the_readers_language():
    """Translate the sentence of a ClusterError on its way out."""
    try:
        yield
    except ClusterError as problem:
        # A command such as migrate speaks no language at all; its reader speaks the project's.
        with override(get_language() or settings.LANGUAGE_CODE):
            raise ClusterError(gettext(problem.text), **problem.facts) from problem
