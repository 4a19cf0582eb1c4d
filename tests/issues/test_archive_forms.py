"""An archive is chosen as a .zip file; what is in it, others look at."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from issues.archive_forms import ArchiveForm


@pytest.mark.parametrize(("name", "taken"), [("a.zip", True), ("A.ZIP", True), ("a.txt", False)])
def test_only_zip_files_are_chosen(name, taken):
    form = ArchiveForm({}, {"file": SimpleUploadedFile(name, b"x")})
    assert form.is_valid() is taken


def test_without_a_file_it_asks_for_one():
    assert "file" in ArchiveForm({}, {}).errors
