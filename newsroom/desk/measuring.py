"""What the public pages cost: statements and milliseconds, asked in this very process.

The network, the server and its threads are left out on purpose: two runs on one machine compare.
"""

import re
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# Each kind of page is found by the first such link on the page before it.
FRONT = "/"
PATH = (
    ("issue", re.compile(r'href="(/issues/\d{4}-\d\d-\d\d(?:-\d+)?/)"')),
    ("page", re.compile(r'href="(/issues/\d{4}-\d\d-\d\d(?:-\d+)?/\d+/)"')),
    ("article", re.compile(r'href="(/articles/\d+/)"')),
)


@dataclass(frozen=True)
class Cost:
    """What one page costs."""

    kind: str
    address: str
    statements: int
    milliseconds: float  # the median
    size: int  # bytes, before compression


def measure(rounds=50):
    """Return the Cost of the front page and of an issue, a page and an article found from it."""
    client = Client(SERVER_NAME="localhost")
    costs, kind, address = [], "front page", FRONT
    for next_kind, link in (*PATH, (None, None)):
        response, cost = cost_of(client, kind, address, rounds)
        costs.append(cost)
        found = link and link.search(response.content.decode())
        if not found:
            break
        kind, address = next_kind, found[1]
    return costs


def cost_of(client, kind, address, rounds):
    """Return a page's last response and its Cost; the first round warms up and does not count.

    Raise ValueError for an address that shows no page."""
    if client.get(address).status_code != 200:
        raise ValueError(f"{address} does not answer as a page")
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    statements = len(asked)  # now: the next request empties the log
    times = []
    for _ in range(rounds):
        begun = perf_counter()
        response = client.get(address)
        times.append((perf_counter() - begun) * 1000)
    return response, Cost(kind, address, statements, median(times), len(response.content))
