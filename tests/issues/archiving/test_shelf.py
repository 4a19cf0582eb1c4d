"""The commands: a file on a disk, sentences, exit codes."""

import pytest
from django.core.management import CommandError, call_command

from issues.models import Issue, IssueAct
from tests import factories, traces
from tests.issues.archiving import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    scenes.an_archive()
    return factories.Cast()


@pytest.fixture
def held(tmp_path):
    path = tmp_path / "issue.zip"
    path.write_bytes(scenes.an_archive())
    return path


def refused(sentence, *arguments, **how) -> None:
    with pytest.raises(CommandError, match=sentence) as refusal:
        call_command(*arguments, **how)
    assert refusal.value.returncode == 2


def test_an_issue_is_written_into_a_folder_or_a_file(cast, tmp_path, capsys):
    issue = factories.live_issue(cast)
    call_command("export_issue", "2023-12-08", to=tmp_path)
    call_command("export_issue", "2023-12-08", to=tmp_path / "another.zip")
    one, other = tmp_path / "issue-2023-12-08.zip", tmp_path / "another.zip"
    assert one.read_bytes() == other.read_bytes() == scenes.archived(issue)
    assert "1 篇" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_what_cannot_be_archived_is_said_and_leaves_no_file(cast, tmp_path):
    factories.issue(cast, factories.draft(cast))
    folder = tmp_path / "out"
    folder.mkdir()
    refused("还没有签发", "export_issue", "2023-12-08", to=folder)
    refused("没有 2019-01-01", "export_issue", "2019-01-01", to=folder)
    for wrong in ("yesterday", "2023-13-40", "2023-12-08-x", ""):
        refused("不是期次", "export_issue", wrong, to=folder)
    refused("无法写入", "export_issue", "2023-12-08", to=tmp_path / "none" / "x.zip")
    assert list(folder.iterdir()) == []


def test_what_is_not_out_is_called_so(cast, tmp_path, capsys):
    factories.closed_issue(cast, factories.approved(cast))
    call_command("export_issue", "2023-12-08", to=tmp_path)
    assert (tmp_path / "issue-2023-12-08-unpublished.zip").exists()
    assert "尚未发布" in capsys.readouterr().out


def test_dry_says_what_would_happen_and_writes_nothing(cast, held, capsys):
    before = traces.everything()
    call_command("import_issue", held, dry=True)
    assert traces.everything() == before
    out = capsys.readouterr().out
    for words in ("将恢复 2023-12-08", "河畔旧厂开出图书馆", "将恢复", "已撤下"):
        assert words in out


def test_it_is_restored_once_and_the_second_time_says_so(cast, held, capsys):
    call_command("import_issue", held, by="admin")
    told = capsys.readouterr()
    assert "已恢复 2023-12-08 这一期，共 3 篇。" in told.out
    assert "3/3" in told.err
    assert IssueAct.objects.get(verb="restore_issue").by == cast.administrator
    call_command("import_issue", held)
    assert "没有改动" in capsys.readouterr().out


def test_whoever_is_named_must_be_allowed(cast, held):
    refused("总编或管理员", "import_issue", held, by="editor")
    refused("nobody|没有", "import_issue", held, by="nobody")
    assert not Issue.objects.exists()


def test_refused_it_ends_with_two_and_every_reason(cast, held, tmp_path):
    factories.live_issue(cast, day=scenes.DAY)
    refused("2023-12-08", "import_issue", held)
    refused("2023-12-08", "import_issue", held, dry=True)
    refused("打不开", "import_issue", tmp_path / "none.zip")
    (tmp_path / "half.zip").write_bytes(scenes.an_archive()[:5000])
    refused("半个文件", "import_issue", tmp_path / "half.zip")


def test_without_anybody_who_may_it_says_what_to_do(held):
    refused("createsuperuser", "import_issue", held)
