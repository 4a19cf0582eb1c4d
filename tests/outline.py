"""A line for every module, from its own first line: ``python -m tests.outline`` writes it anew.

It stands in docs/architecture.md; test_docs.py sees when it is no longer true.
"""

import ast
import re
from itertools import groupby
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENT = PROJECT / "docs" / "architecture.md"
BEGIN, END = "<!-- from the modules: make outline -->\n", "<!-- until here -->\n"
SILENT = re.compile(r"(^|/)(__init__|apps)\.py$|/migrations/")


def outline():
    """Return the lines, folder by folder."""
    files = sorted(
        path.relative_to(PROJECT)
        for room in ("articles", "issues", "newsroom")
        for path in (PROJECT / room).rglob("*.py")
        if not SILENT.search(path.relative_to(PROJECT).as_posix())
    )
    files.sort(key=lambda path: (path.parent.as_posix(), path.name))
    parts = []
    for folder, inside in groupby(files, key=lambda path: path.parent.as_posix()):
        lines = [f"- `{path.as_posix()}`: {first_line(path)}\n" for path in inside]
        parts.append(f"### {folder}/\n\n{''.join(lines)}")
    return "\n".join(parts)


def first_line(path):
    """Return the first line a module says of itself; a command says it in its help."""
    module = ast.parse((PROJECT / path).read_text(encoding="utf-8"))
    helps = (
        node.value.value
        for node in ast.walk(module)
        if isinstance(node, ast.Assign)
        and getattr(node.targets[0], "id", "") == "help"
        and isinstance(node.value, ast.Constant)
    )
    said = ast.get_docstring(module) or next(helps, "")
    return said.partition("\n")[0]


def written(text):
    """Return the document with its list made anew."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{outline()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
