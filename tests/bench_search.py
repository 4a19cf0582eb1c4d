"""What the public search finds and costs with a large archive behind it: ``make bench``.

A database of its own is made and filled with invented texts by COPY. It is kept for the next run,
and made anew once a migration or the texts have changed; ``BENCH_FRESH=1`` makes it anew anyway,
and ``make clean`` removes it. What is found is held against the texts themselves.
``BENCH_ARTICLES`` says how many there are (100,000). With ``BENCH_REBUILD=1`` all entries
of a copy are written anew as well, while another connection searches.
"""

import hashlib
import json
import os
import re
import sys
from collections import defaultdict
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread
from time import perf_counter

import django
from django.core.management import call_command
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
if __name__ == "__main__":
    django.setup()

from articles.finding import Ask, find
from articles.kinds import Kind
from articles.models import Article, PublicEntry, Release, Section, Version, VersionByline
from articles.search import searchable
from articles.wishes import read
from newsroom.people.models import User
from tests.corpus import LAST, Corpus
from tests.database import fingerprint, migrated_template

BATCH = 2000
ROUNDS = 4
WHOLE = 1000  # as many as are found are compared where there are no more
TERMS = {
    "word in 4 of 5": ["居民", "社区", "工作", "街道", "服务"],
    "word in 1 of 2": ["干部", "会议", "落实", "参与", "成为"],
    "word, 1 in 10": ["供热", "灯会", "养老", "评弹", "机床"],
    "rare pair": ["芮棠", "溪漪", "砚墨", "荻苇", "琉璃"],
    "name": ["陆知秋", "苏芮砚", "方念青", "梁序", "葛远若"],
    "place": ["柳岸路", "石桥巷", "枫泾里", "荷塘苑", "榆溪巷"],
    "phrase, 4 to 6": ["居民社区", "社区工作", "街道服务", "社区的工作", "学校安全"],
    "day, number": ["2023年", "2021年5月", "12月5日", "37户", "2025年11月8日"],
    "two words": ["社区 养老", "街道 灯会", "居民 剪纸", "供热 老人", "工作 荻苇"],
    "word, not another": ["社区 -养老", "居民 -社区", "灯会 -居民", "供热 -街道", "工作 -服务"],
    "one character": ["溪", "棠", "路", "学", "獐"],
    "pairs far apart": ["居民区", "社区街", "工作者", "服务员工作", "小区民"],
    "traditional": ["養老", "燈會", "評彈", "機床", "陸知秋"],
    "nowhere": ["不存在", "甲乙丙丁", "麒麟", "zzz", "社区养老服务中心"],
}  # fmt: skip

NEWEST = """
SELECT article_id FROM articles_public_newest(
    %s::tsquery, %s::text[], %s::text[], %s, '-infinity', 'infinity', %s)
"""
TALLY = """
SELECT articles_public_tally(
    %s::tsquery, %s::text[], %s::text[], %s, '-infinity', 'infinity', ARRAY[%s, %s])
"""
RANKED = """
SELECT * FROM articles_public_ranked(
    %s::tsquery, %s::tsquery, %s::tsquery, %s::text[], %s::text[], %s::text[], %s, '-infinity',
    'infinity')
"""
SAID = """
SELECT v.id, concat_ws('|', v.headline, v.deck, v.body,
           (SELECT string_agg(name, '|') FROM articles_versionbyline WHERE version_id = v.id))
  FROM articles_version v ORDER BY v.id
"""
WHOLE_PAGE = "SELECT articles_public_search(%s::jsonb, '{}', %s)"


def note(words: str, ending: str = "\n") -> None:
    """Say how far it is."""
    sys.stdout.write(f"{words}{ending}")
    sys.stdout.flush()


def copy_in(rows: list) -> None:
    """Write new rows of one model by COPY."""
    fields = [f for f in rows[0]._meta.concrete_fields if not f.generated]
    columns = ", ".join(f'"{f.column}"' for f in fields)
    with connection.cursor() as cursor:
        line = f"COPY {rows[0]._meta.db_table} ({columns}) FROM STDIN"
        with cursor.copy(line) as copy:
            for row in rows:
                copy.write_row(
                    [f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields]
                )


def fill(count: int) -> None:
    """Fill the tables."""
    by = User.objects.create_user(username="bench", name="编者")
    sections = [
        Section.objects.create(name=name, slug=f"s{place}")
        for place, name in enumerate(["甲栏", "乙栏", "丙栏", "丁栏"])
    ]
    batch = []
    with connection.cursor() as cursor:
        # Neither histories nor checks: what is loaded is measured, not the loading.
        cursor.execute("SET session_replication_role = replica")
    for key, text in enumerate(Corpus().texts(count), 1):
        batch.append((key, text))
        if len(batch) == BATCH or key == count:
            _load(batch, by, sections)
            batch = []
            note(f"\r{key} of {count} articles loaded", "")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def _load(batch, by, sections):
    releases, pieces, versions, bylines = [], [], [], []
    for key, text in batch:
        section = sections[key % 4]
        body = "".join(f"<p>{paragraph}</p>" for paragraph in text.paragraphs)
        words = {"headline": text.headline, "deck": text.deck, "body": body, "kind": Kind.NEWS}
        releases.append(Release(pk=key, publish_at=text.at, alone=True))
        pieces.append(
            Article(pk=key, filed_by=by, section=section, status=Article.Status.APPROVED,
                    release_id=key, sealed_id=key, **words)
        )  # fmt: skip
        versions.append(
            Version(pk=key, article_id=key, number=1, reason=Version.Reason.SUBMITTED, made_by=by,
                    fingerprint=f"{key:064x}", section=section, basis=Version.Basis.ROUNDS,
                    sealed_at=text.at, **words)
        )  # fmt: skip
        bylines += [
            VersionByline(pk=key * 2 + place, version_id=key, name=name, credit="text",
                          position=place)
            for place, name in enumerate(text.names)
        ]  # fmt: skip
    for rows in (releases, pieces, versions, bylines):
        copy_in(rows)


def texts_themselves() -> list[tuple[int, str]]:
    """Return the keys of the pieces and what each says, oldest first; no index is asked."""
    with connection.cursor() as cursor:
        cursor.execute(SAID)
        return [(key, searchable(re.sub("<[^>]*>", "|", text))) for key, text in cursor.fetchall()]


def index() -> None:
    """Write all entries, then their index: far quicker than the other way about."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX public_search_by_lexemes")
        begun = perf_counter()
        call_command("search", "rebuild", stdout=sys.stdout)
        note(f"entries: {perf_counter() - begun:.0f} s")
        begun = perf_counter()
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(
            "CREATE INDEX public_search_by_lexemes ON articles_publicentry USING gin (lexemes)"
            " WITH (fastupdate = off)"
        )
        cursor.execute("VACUUM ANALYZE")
        note(f"index: {perf_counter() - begun:.0f} s")
        cursor.execute(
            "SELECT pg_size_pretty(pg_total_relation_size('articles_publicentry')),"
            " pg_size_pretty(pg_relation_size('public_search_by_lexemes'))"
        )
        note("table with texts and index: {}, index alone: {}".format(*cursor.fetchone()))


def truth(texts, words: str) -> list[int]:
    """Return the keys of the texts that have what is asked, the newest first.

    A number or a Latin word at the beginning of a term is whole from there on.
    """
    wish = read(words)
    wanted = [re.compile(f"(?<![0-9a-z]){term.pattern}").search if term.pattern[0].isascii()
              else _within(term.pattern) for term in wish.wanted]  # fmt: skip
    never = [_within(term.pattern) for term in wish.unwanted]
    return [
        key
        for key, text in reversed(texts)
        if all(has(text) for has in wanted) and not any(has(text) for has in never)
    ]


def _within(pattern: str):
    return lambda text: pattern in text


def measure(texts) -> None:
    """Print what each class of terms finds, and what it costs."""
    costs, found = defaultdict(lambda: defaultdict(list)), defaultdict(list)
    wholes = defaultdict(list)
    for kind, terms in TERMS.items():
        for words in terms:
            there = truth(texts, words)
            wish = read(words)
            keys = newest(wish, 20, costs[kind]["newest"])
            found[kind].append((keys, there[:20], len(there)))
            if len(there) <= WHOLE:
                wholes[kind].append((newest(wish, WHOLE + 1, []), there, len(there)))
            both = [wish.stretches, wish.shunned]
            timed(costs[kind]["count"], TALLY, [wish.lexemes, *both, LAST, *Ask(wish, LAST).ages])
            zones = [wish.in_zone("^"), wish.in_zone("~")]
            ranked = [wish.lexemes, *zones, *both, wish.phrases, LAST]
            timed(costs[kind]["relevance"], RANKED, ranked)
            whole = json.dumps([Ask(wish, LAST).spec], default=datetime.isoformat)
            timed(costs[kind]["whole"], WHOLE_PAGE, [whole, LAST])
    report(costs, {kind: found[kind] + wholes[kind] for kind in TERMS})


def newest(wish, wanted: int, costs: list) -> list[int]:
    """Return the keys of the newest pieces found."""
    rows = timed(costs, NEWEST, [wish.lexemes, wish.stretches, wish.shunned, LAST, wanted])
    return [key for (key,) in rows if key is not None]


def timed(costs: list, line: str, values: list) -> list:
    """Ask some times; note the milliseconds of the quickest, and return the answer."""
    with connection.cursor() as cursor:
        times = []
        for _time in range(ROUNDS + 1):
            begun = perf_counter()
            cursor.execute(line, values)
            rows = cursor.fetchall()
            times.append((perf_counter() - begun) * 1000)
    # The best of its rounds: what else this machine does meanwhile is not the search's.
    costs.append(min(times))
    return rows


def report(costs, found) -> None:
    """Print a line for each class."""
    kinds = ["newest", "count", "relevance", "whole"]
    heads = "".join(f"{kind + ' p50/p95':>20}" for kind in kinds)
    note(
        f"\nmilliseconds\n{'class':20}{'found in':>15}{'page 1':>8}{'whole':>8}{'wrong':>6}{heads}"
    )
    for kind, parts in costs.items():
        pairs = [(set(keys), set(there)) for keys, there, _n in found[kind]]
        first, whole = pairs[: len(TERMS[kind])], pairs[len(TERMS[kind]) :]
        wrong = sum(len(keys - there) for keys, there in pairs)
        sizes = [n for _keys, _there, n in found[kind]]
        note(
            f"{kind:20}{f'{min(sizes)}–{max(sizes)}':>15}{_recall(first):8.3f}{_recall(whole):8.3f}"
            f"{wrong:6}"
            + "".join(f"{_p(parts[part], 50):11.1f} /{_p(parts[part], 95):7.1f}" for part in kinds)
        )
    for part in kinds:
        whole = [each for parts in costs.values() for each in parts[part]]
        note(f"all, {part}: p50 {_p(whole, 50):.1f} ms, p95 {_p(whole, 95):.1f} ms")


def _recall(pairs) -> float:
    there = sum(len(there) for _keys, there in pairs)
    return sum(len(keys & there) for keys, there in pairs) / there if there else 1.0


def _p(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def rebuild_while_serving() -> None:
    """Write all entries anew with their index in place; another connection searches meanwhile."""
    done, waits = Event(), []
    server = Thread(target=serve, args=(done, waits))
    begun = perf_counter()
    server.start()
    try:
        call_command("search", "rebuild", stdout=sys.stdout)
    finally:
        done.set()
        server.join()
    note(
        f"written anew while serving: {perf_counter() - begun:.0f} s, {len(waits)} searches"
        f" meanwhile, p50 {_p(waits, 50):.1f} ms, p95 {_p(waits, 95):.1f} ms"
    )


def serve(done: Event, waits: list) -> None:
    """Search for one thing after another until it is done; none may fail or find nothing."""
    with closing(connection):
        while not done.is_set():
            for words in ("社区", "供热", "社区 养老", "溪"):
                begun = perf_counter()
                answer = find(Ask(read(words), LAST))
                waits.append((perf_counter() - begun) * 1000)
                if not answer.rows:
                    raise AssertionError(words)
            done.wait(0.2)


def kept(count: int) -> tuple[str, bool]:
    """Return the name of the database for so many articles, and whether it is there already.

    It is complete once it has the name; others of former migrations and killed runs are dropped.
    """
    texts = Path(sys.modules[Corpus.__module__].__file__).read_bytes()
    mark = hashlib.sha256(texts + fingerprint().encode()).hexdigest()[:12]
    name = f"bench_search_{count}_{mark}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench_search_%'")
        there = {row[0] for row in cursor.fetchall()}
        fresh = bool(os.environ.get("BENCH_FRESH"))
        for old in there:
            if not old.endswith(mark) or (fresh and old == name):  # drafts and copies, too
                cursor.execute(f'DROP DATABASE "{old}"')
    return name, name in there and not fresh


def made(name: str, count: int) -> None:
    """Make the database, fill it, and give it its name."""
    template, draft = migrated_template(), f"{name}_draft"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{draft}" TEMPLATE "{template}"')
    with inside(draft):
        begun = perf_counter()
        fill(count)
        note(f"\rloaded: {perf_counter() - begun:.0f} s{' ' * 30}")
        index()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


@contextmanager
def inside(name: str):
    """Ask another database."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def main(count: int) -> None:
    """Measure in the database that is kept, made if need be."""
    name, there = kept(count)
    if not there:
        made(name, count)
    with inside(name):
        note(f"{PublicEntry.objects.count()} entries in {name}, which is kept")
        measure(texts_themselves())
    if os.environ.get("BENCH_REBUILD"):
        copy = f"{name}_rebuilt"  # so that the one that is kept stays as tight as it was loaded
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        with inside(copy):
            rebuild_while_serving()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{copy}"')


if __name__ == "__main__":
    main(int(os.environ.get("BENCH_ARTICLES", "100000")))
