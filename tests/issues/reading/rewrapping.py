"""Set a text in other columns than it came in, to see whether it reads the same."""

import re

from issues.reading.characters import ends_sentence, width

_NEVER_FIRST = "，。、；：！？”’）》】…,.;:!?)"


def rewrap(text, *, columns=(None,), indent="", blank="none"):
    """Set paragraphs in columns of so many cells, in turn from piece to piece.

    `blank`: blank lines after every "block", between pieces ("piece"), after every printed
    line ("line") or nowhere ("none").
    """
    out, turn, after_body = [], 0, False
    for block in filter(str.strip, text.splitlines()):
        body = _is_body(block.strip())
        if out and (blank == "block" or (blank == "piece" and after_body and not body)):
            out.append("")
        if body and not after_body:
            turn += 1
        column = columns[turn % len(columns)]
        out.extend(_set(block.strip(), column, indent) if body else [block.strip()])
        after_body = body
    return ("\n\n" if blank == "line" else "\n").join(out)


def _is_body(block):
    return (len(block) > 24 and re.search("[，,]", block)) or (
        ends_sentence(block) and "。" in block
    )


def _set(block, column, indent):
    if column is None:
        return [indent + block]
    lines, line = [], indent
    for word in re.findall(r"[A-Za-z0-9.%:/@-]+|.", block):
        if width(line + word) <= column or not line.strip():
            line += word
        elif word in _NEVER_FIRST:
            lines.append(line[:-1])
            line = line[-1] + word
        else:
            lines.append(line)
            line = word
    return [*lines, line]
