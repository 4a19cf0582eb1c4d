"""``manage.py dbshell`` with the private server's own psql."""

from django.db.backends.postgresql.client import DatabaseClient as PostgreSQLClient


class DatabaseClient(PostgreSQLClient):
    """Open psql on the private database, started first."""

    def runshell(self, parameters):
        self.connection.prepare()
        # The parent builds its command line in a class method, so the class is what can be told.
        type(self).executable_name = str(self.connection.cluster.program("psql"))
        super().runshell(parameters)
