"""An archive is written the same for the same content."""

import io

from issues.archiving.packing import MANIFEST, Packer
from issues.archiving.unpacking import Container


def packed(*names):
    file = io.BytesIO()
    packer = Packer(file)
    for name in names:
        packer.put(name, name.encode())
    packer.copy("text/9.txt", io.BytesIO(b"x" * 700_000))
    packer.finish()
    return file


def test_the_manifest_stands_in_order_whatever_came_first():
    one, other = packed("index.html", "style.css"), packed("style.css", "index.html")
    read = [Container(file).read(MANIFEST) for file in (one, other)]
    assert read[0] == read[1]
    assert one.getvalue() != other.getvalue()
    assert one.getvalue() == packed("index.html", "style.css").getvalue()


def test_what_is_copied_piece_by_piece_comes_out_whole():
    container = Container(packed("index.html"))
    container.verify()
    assert container.read("text/9.txt") == b"x" * 700_000
