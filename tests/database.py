"""The tests' database: made by copying, emptied without losing what the migrations wrote.

Migrating from nothing takes some seconds, copying what was migrated a tenth of one.
"""

import hashlib
import re
from contextlib import closing
from pathlib import Path
from time import sleep

import psutil
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import OperationalError

PROJECT = Path(__file__).resolve().parents[1]
MIGRATED = "migrated_newsroom_"
PATIENCE = 20  # times to try again, a fifth of a second apart
LOCK = 20_260_423  # any number, the same for every run


def migrated_template():
    """Return the name of a database in which every migration has been run, made if need be."""
    name = MIGRATED + fingerprint()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database")
        present = {row[0] for row in cursor.fetchall()}
        sweep(cursor, present - {name})
        if name not in present:
            migrate_into(cursor, name)
    return name


def fingerprint():
    """Return characters that change with any migration of the project or any package."""
    migrations = {
        file
        for app in apps.get_app_configs()
        for file in Path(app.path).glob("migrations/*.py")
        if Path(app.path).is_relative_to(PROJECT)
    }
    digest = hashlib.sha256(repr(sorted(apps.app_configs)).encode())
    for file in sorted({PROJECT / "requirements-dev.txt", *migrations, *imported_by(migrations)}):
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def imported_by(migrations):
    """Return the project's modules from which migrations take what they write."""
    named = re.compile(r"^from ([a-z.]+) import", re.MULTILINE)
    names = {name for file in migrations for name in named.findall(file.read_text())}
    files = {PROJECT / f"{name.replace('.', '/')}.py" for name in names}
    return {file for file in files if file.is_file()}


def migrate_into(cursor, name):
    """Make a database of this name, complete or not at all."""
    draft = f"{name}_draft"
    cursor.execute(f'CREATE DATABASE "{draft}"')
    real_name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = draft
    try:
        with closing(connection):
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.settings_dict["NAME"] = real_name
    cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def sweep(cursor, names):
    """Drop templates of former migrations and what killed runs left behind."""
    for name in names:
        run = re.match(r"test_newsroom_(\d+)", name)
        if name.startswith(MIGRATED) or (run and not psutil.pid_exists(int(run[1]))):
            try:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            except OperationalError:  # somebody is using it; a later run will sweep it
                continue


def keep_what_migrations_wrote():
    """Have every flush after a transactional test end in the state the migrations left.

    The guards against emptying are triggers, and so is the history that would note the refilling:
    as a replica the server leaves both out.
    """
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        rows = {table: copied(cursor, table) for table in tables}

    def flush(statements):
        """Try again where a page that is about to close is still asking for something."""
        for _time in range(PATIENCE):
            try:
                return empty(statements)
            except OperationalError:
                sleep(0.2)
        return empty(statements)

    def empty(statements):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
            # The queue's models are unmanaged, so Django does not know that they have tables.
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
            for table in filter(rows.get, set(tables) - {"django_migrations"}):
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows[table])

    connection.ops.execute_sql_flush = flush


def copied(cursor, table):
    """Return a table's rows as PostgreSQL's own text."""
    with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(copy)
