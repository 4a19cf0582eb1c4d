"""The second, rehearsed: through the proxy, by each wrong clock, with the database restarted.

Each takes about a minute; the figures go to ``var/rehearsals.txt`` and, by hand, to
docs/rehearsals.md.
"""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings as project

from newsroom.embedded.cluster import Cluster
from tests import instants, proxy
from tests.served import fleet
from tests.serving import PROJECT
from tests.test_the_second_served import FAST, SLOW, demand_sharp, seen_around_the_hour

pytestmark = [pytest.mark.rehearsal, pytest.mark.django_db(transaction=True)]

PLAIN: dict = {}
ELSEWHERE = {"TIME_ZONE": "America/Los_Angeles", "TZ": "America/Los_Angeles"}


def keep(name: str, judged: instants.Judgement) -> None:
    """Keep the figures where whoever writes the page finds them."""
    with (project.DATA_DIR / "rehearsals.txt").open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M} | {name} | {judged}\n")


@pytest.mark.parametrize(
    ("name", "machines"),
    [
        ("two workers, a right clock", [PLAIN]),
        ("a clock an hour fast", [{"CLOCK_OFF": "3600"}]),
        ("a clock an hour slow", [{"CLOCK_OFF": "-3600"}]),
        ("another time zone", [ELSEWHERE]),
        ("four machines, three of them wrong", [PLAIN, FAST, SLOW, ELSEWHERE]),
    ],
)
def test_on_the_second_whatever_the_machines_clocks_say(settings, name, machines):
    judged = seen_around_the_hour(settings, *machines, lead=6.0, after=4.0, workers=2)
    keep(name, judged)
    demand_sharp(judged)


@pytest.mark.skipif(not proxy.NGINX, reason="There is no nginx on this machine.")
@pytest.mark.parametrize("kind", ["shipped", "caching"])
def test_on_the_second_through_a_proxy(settings, tmp_path, kind):
    """The one that is shipped, and one that keeps whatever it is allowed to."""
    folder = iter(tmp_path / f"nginx{number}" for number in range(9))
    behind = {"X_ACCEL": "true" if kind == "shipped" else "false"}

    def fronted(servers):
        configuration = getattr(proxy, kind)
        running = proxy.running(configuration, next(folder), servers[0], settings.MEDIA_ROOT)
        return running, lambda base: [urlsplit(base).netloc]

    judged = seen_around_the_hour(
        settings, FAST | behind, lead=6.0, after=4.0, workers=2, fronted=fronted
    )
    keep(f"through nginx, {kind}; a clock an hour fast", judged)
    demand_sharp(judged)


class Apart:
    """A database server of its own, which machines know by DATABASE_URL, as in production."""

    def __init__(self, folder):
        self.cluster = Cluster(folder / "postgres")
        self.cluster.start()
        self.database = self.cluster.parameters | {"dbname": "newsroom"}
        reached = self.cluster.parameters
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"postgresql://{reached['user']}@/newsroom"
            f"?host={quote(reached['host'], safe='')}",
            "SECRET_KEY": "x" * 60,
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS": "false",
            "MEDIA_ROOT": str(folder / "media"),
            "DATABASE_POOL": "true",
            "DATABASE_POOL_SIZE": "6",
        }

    def run(self, *command: str) -> str:
        """Run one of the project's programs in this environment and return what it says."""
        done = subprocess.run(
            [sys.executable, *command], cwd=PROJECT, env={**os.environ, **self.environment},
            check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return done.stdout

    def restart(self) -> float:
        """Stop the server and start it; return the seconds that took."""
        began = time.monotonic()
        self.cluster.stop()
        self.cluster.start()
        return time.monotonic() - began


@pytest.fixture
def apart(tmp_path):
    made = Apart(tmp_path)
    yield made
    made.cluster.remove()


def test_on_the_second_with_the_database_restarted_a_second_before(apart):
    apart.run("manage.py", "migrate", "--verbosity", "0")
    staged = json.loads(apart.run("-m", "tests.staging", "stage"))
    made = instants.Edition(None, staged["doors"], staged["marks"], instants.shown())
    odd = [PLAIN, FAST, SLOW]
    with fleet(*({**apart.environment, **each} for each in odd), workers=2) as servers:
        instants.wait_until_answering(servers)
        instants.round_trip(made, servers)
        told = json.loads(apart.run("-m", "tests.staging", "schedule", "8"))
        hour = datetime.fromisoformat(told)
        hammer = instants.hammered(made, servers, hour, after=12, database=apart.database)
        time.sleep(max(0, hour.timestamp() - time.time() - 1))
        took = apart.restart()
        back = (time.time() - hour.timestamp()) * 1000
        judged = instants.judge(hammer.answer(), made, hour, excused=(0, 500, 503))
    name = f"database restarted a second before, away for {took:.1f} s and back {back:+.0f} ms"
    keep(f"{name}; three machines, two of them wrong", judged)
    assert judged.faults[:10] == []
    assert judged.unanswered > 0  # else nothing was restarted under anybody
    # A pool that found nobody waits one second, then two, then four before it tries again.
    assert judged.last_unanswered_ms < max(back, 0) + 10_000
    assert len({door for door, sees in judged.doors if sees}) == 15
