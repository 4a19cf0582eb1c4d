"""The rules of the house that a linter does not know, read off the source itself."""

import ast
import re
from fnmatch import fnmatch
from functools import cache
from itertools import chain
from pathlib import Path

from django.apps import apps

PROJECT = Path(__file__).resolve().parents[1]
ROOMS = ("articles", "issues", "newsroom")
FLOORS = (("people",), ("articles",), ("issues",), ("readers",), ("desk",))
LONGEST_FUNCTION = 50
# The first pattern that fits a module counts. A door that grows holds a rule that lives elsewhere.
BUDGETS = {
    "*/migrations/*": 100_000,
    "newsroom/settings.py": 250,
    "*/management/commands/*": 40,
    "*/urls.py": 80,
    "*/views.py": 220,
    "*/feeds.py": 150,
    "*/sitemaps.py": 80,
    "*/templatetags/*": 260,
    "*": 450,
}
# No rule lives in these, so they need no test of their own.
UNMIRRORED = ("*/__init__.py", "*/__main__.py", "*/apps.py", "newsroom/wsgi.py", "*/urls.py",
              "*/migrations/*", "*/management/*")  # fmt: skip


def python_files(*folders):
    """Return the project's modules below some folders, relative to the project."""
    found = chain.from_iterable((PROJECT / folder).rglob("*.py") for folder in folders)
    return sorted(path.relative_to(PROJECT) for path in found)


def modules(*without):
    """Return the modules of the product, but for those that fit a pattern."""
    return [path for path in python_files(*ROOMS) if not fits(path, *without)]


def fits(path, *patterns):
    return any(fnmatch(path.as_posix(), pattern) for pattern in patterns)


@cache
def source(path):
    return (PROJECT / path).read_text(encoding="utf-8")


@cache
def tree(path):
    return ast.parse(source(path))


def nodes(path, *kinds):
    return [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]


def calls(path, *names):
    """Return the calls of functions or methods of these names."""
    return [
        node
        for node in nodes(path, ast.Call)
        if getattr(node.func, "attr", getattr(node.func, "id", "")) in names
    ]


def offenders(paths, find):
    """Return what a search finds in files, for those in which it finds something."""
    found = {str(path): list(find(path)) for path in paths}
    return {path: lines for path, lines in found.items() if lines}


# Size


def test_modules_keep_their_budgets():
    lengths = {path: len(source(path).splitlines()) for path in modules()}
    budgets = {path: next(BUDGETS[p] for p in BUDGETS if fits(path, p)) for path in lengths}
    assert {str(path): n for path, n in lengths.items() if n > budgets[path]} == {}


def test_functions_fit_on_a_screen():
    def long_functions(path):
        for node in nodes(path, ast.FunctionDef):
            if node.end_lineno - node.lineno >= LONGEST_FUNCTION:
                yield f"{node.name}: {node.end_lineno - node.lineno + 1} lines"

    assert offenders(modules("*/migrations/*"), long_functions) == {}


# Rooms


def test_only_the_workflow_sets_a_status():
    elsewhere = modules("*/workflow.py", "*/workflow/*", "*/migrations/*")
    assert offenders(elsewhere, lambda path: status_changes(tree(path))) == {}


def status_changes(module):
    """Yield the lines that assign ``.status`` or update it in the database."""
    for node in ast.walk(module):
        for target in [*getattr(node, "targets", []), getattr(node, "target", None)]:
            if isinstance(target, ast.Attribute) and target.attr == "status":
                yield node.lineno
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update":
            yield from (node.lineno for word in node.keywords if word.arg == "status")


def test_a_status_set_elsewhere_would_be_seen():
    sample = "a.status = 1\na.status: int = 1\nrows.update(status=2)\nrows.update(name=3)\na.status"
    assert list(status_changes(ast.parse(sample))) == [1, 2, 3]


def test_a_locked_row_may_still_be_referred_to():
    """What is kept beside a piece would else wait for every verb on it, and the verb for that."""
    assert not offenders(
        modules(),
        lambda path: (
            call.lineno
            for call in calls(path, "select_for_update")
            if "no_key" not in [keyword.arg for keyword in call.keywords]
        ),
    )


def test_foreign_keys_point_down():
    floor = {label: height for height, labels in enumerate(FLOORS) for label in labels}
    upward = [
        f"{field} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in chain(model._meta.local_fields, model._meta.local_many_to_many)
        if field.related_model is not None
        and model._meta.app_label != field.related_model._meta.app_label
        and floor.get(model._meta.app_label, 99)
        <= floor.get(field.related_model._meta.app_label, -1)
    ]
    assert upward == []


def test_doors_ask_by_name():
    """A door starts from a named queryset method; it never spells a rule."""
    doors = [path for path in modules() if fits(path, "*/views.py", "*/feeds.py", "*/sitemaps.py")]
    spelt = offenders(doors, lambda path: [n.lineno for n in calls(path, "filter", "exclude")])
    assert spelt == {}


# Text


def test_templates_trust_no_text():
    trusting = re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off")
    templates = [path.relative_to(PROJECT) for path in (PROJECT / "templates").rglob("*.*")]
    assert offenders(templates, lambda path: trusting.findall(source(path))) == {}


def test_only_markup_makes_text_safe():
    elsewhere = modules("*/markup.py")
    marked = offenders(elsewhere, lambda path: [n.lineno for n in calls(path, "mark_safe")])
    assert marked == {}


# Tests


def test_every_module_has_a_mirror_among_the_tests():
    """Its own file, its package's, or a test that asks for it or its package by name."""
    missing = [str(path) for path in modules(*UNMIRRORED) if not is_mirrored(path)]
    assert missing == []


def is_mirrored(path):
    room, *steps = path.with_suffix("").parts
    files = [Path("tests", room, f"test_{'_'.join(steps)}.py")]
    files += [
        Path("tests", room, *steps[: depth - 1], f"test_{steps[depth - 1]}.py")
        for depth in range(1, len(steps) + 1)
    ]
    names = {".".join([room, *steps])} | ({f"{room}.{steps[0]}"} if steps[1:] else set())
    return any((PROJECT / file).exists() for file in files) or not names.isdisjoint(asked_for())


@cache
def asked_for():
    """Return the modules that tests import."""
    found = set()
    for path in python_files("tests"):
        for node in nodes(path, ast.ImportFrom) if path.name.startswith("test_") else ():
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_queries_are_counted_in_a_with():
    """Called without ``with``, assertNumQueries counts nothing."""
    counting = ("assertNumQueries", "django_assert_num_queries", "django_assert_max_num_queries")

    def idle(path):
        opened = {id(item.context_expr) for node in nodes(path, ast.With) for item in node.items}
        return [node.lineno for node in calls(path, *counting) if id(node) not in opened]

    assert offenders(python_files("tests"), idle) == {}
