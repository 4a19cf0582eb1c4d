"""A private PostgreSQL of this project's own, used when no DATABASE_URL is given.

``home`` decides where it lives and whose it is, ``cluster`` starts and stops it, ``base`` is the
Django database engine that starts it when the first connection is asked for.
"""
