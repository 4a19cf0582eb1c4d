"""A process that asks all doors again and again and notes what each showed, and when.

It knows nothing of Django. What it is to do comes as JSON by its standard input::

    {"database": {…}, "servers": ["127.0.0.1:8001"], "doors": {"front": "/"},
     "marks": ["/articles/1/"], "until": 1701986400.0, "threads": 6}

It answers with one line of JSON: how exactly it knows the database's clock, and a list of
``[door, server, began, ended, status, marks seen]``. Times are the database's, in seconds since
the epoch, from a clock of this machine that nobody sets. A status of 0 is no answer at all.
"""

import itertools
import json
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg

PROJECT = Path(__file__).resolve().parents[1]
LONGEST = 5  # seconds for one answer


class Hammer(subprocess.Popen):
    """The process, seen from the test."""

    def __init__(self, **job):
        """Start it at once."""
        super().__init__(
            [sys.executable, "-m", "tests.hammering"], cwd=PROJECT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.stdin.write(json.dumps(job))
        self.stdin.close()

    def answer(self) -> dict:
        """Wait for its end and return what it noted."""
        told = self.stdout.read()
        self.stdout.close()
        assert self.wait(30) == 0
        return json.loads(told)


def main() -> None:
    """Do the job."""
    job = json.load(sys.stdin)
    offset, error = clock(job["database"])
    doors = list(job["doors"].items())
    marks = [mark.encode() for mark in job["marks"]]
    ends = job["until"] - offset
    notes: list[list] = []
    turn = list(itertools.product(doors, job["servers"]))
    hammer(notes, turn, marks, offset)  # each door once before, however slow the machine
    threads = [
        threading.Thread(
            target=hammer, args=(notes, endless(turn, number * 7, ends), marks, offset)
        )
        for number in range(job["threads"])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    hammer(notes, turn, marks, offset)  # and once after
    json.dump({"error": error, "notes": notes}, sys.stdout)


def clock(database: dict) -> tuple[float, float]:
    """Return what to add to this machine's monotonic clock, and by how much that may be wrong."""
    best = (0.0, float("inf"))
    with psycopg.connect(**database, autocommit=True) as connection:
        for _time in range(30):
            asked = time.monotonic()
            row = connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
            (instant,) = row.fetchone()
            answered = time.monotonic()
            error = (answered - asked) / 2
            if error < best[1]:
                best = (instant - (asked + answered) / 2, error)
    return best


def endless(turn: list, start: int, ends: float):
    """Go round and round, from another door on for each thread, until the time is up."""
    for each in itertools.islice(itertools.cycle(turn), start, None):
        if time.monotonic() > ends:
            return
        yield each


def hammer(notes: list, asking, marks: list[bytes], offset: float) -> None:
    """Ask door after door and note what each showed."""
    lines: dict[str, HTTPConnection] = {}
    for (name, path), server in asking:
        began = time.monotonic()
        status, body = ask(lines, server, path)
        ended = time.monotonic()
        seen = [place for place, mark in enumerate(marks) if mark in body]
        notes.append([name, server, began + offset, ended + offset, status, seen])
    for line in lines.values():
        line.close()


def ask(lines: dict, server: str, path: str) -> tuple[int, bytes]:
    """Ask by a line that is kept open; return status and body, and 0 where nobody answered."""
    line = lines.get(server) or lines.setdefault(server, HTTPConnection(server, timeout=LONGEST))
    try:
        line.request("GET", path)
        response = line.getresponse()
        return response.status, response.read()
    except (OSError, HTTPException):
        line.close()
        time.sleep(0.02)
        return 0, b""


if __name__ == "__main__":
    main()
