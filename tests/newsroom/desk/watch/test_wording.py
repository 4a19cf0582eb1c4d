"""Every finding is a sentence, in both languages, and what it says is what is the matter."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from newsroom.desk.models import Alarm, Check
from newsroom.desk.watch import wording
from newsroom.desk.watch.comparing import Finding

FACTS = {
    "kind": "page", "number": 1287, "day": "2023-12-08", "page": 3, "title": "灯会开幕",
    "reason": "Connection refused", "status": 502, "wanted": 410, "seconds": 4.5, "age": 3600,
    "location": "https://other.example/", "asked": 3, "pieces": 2, "tasks": 7,
    "hour": "2023-12-08T06:00:00+08:00",
}  # fmt: skip


@pytest.mark.parametrize("code", wording.SENTENCES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_code_has_a_sentence(code, language):
    with override(language):
        sentence = wording.sentence_of(Finding(code, "alarm", "/x/", FACTS).kept())
    assert "{" not in sentence
    assert len(sentence) > 6
    assert any("一" <= letter <= "鿿" for letter in sentence.replace("灯会开幕", "")) == (
        language == "zh-hans"
    )


@pytest.mark.parametrize("code", [*wording.SENTENCES, "of-another-release"])
def test_a_row_that_another_release_has_written_is_still_read(code):
    assert wording.sentence_of({"code": code, "state": "alarm", "path": "/", "facts": {}})


def test_what_it_is_about_is_named_as_the_newsroom_names_it():
    names = {
        "front": "首页", "issue": "第1287期", "page": "第1287期第3版", "piece": "《灯会开幕》",
        "photo": "《灯会开幕》的照片", "gone": "《灯会开幕》",
    }  # fmt: skip
    for kind, name in names.items():
        assert wording.what_of(FACTS | {"kind": kind}) == name
    assert wording.what_of({"kind": "early", "title": "明天的稿"}) == "《明天的稿》"
    assert wording.what_of({"kind": "early", "day": "2023-12-09", "number": None}) == "12月9日一期"


def test_a_check_is_told_in_one_sentence():
    good = Check(at=timezone.now(), took=900, state="ok", counts={"front": 1, "piece": 12})
    assert wording.verdict_of(good) == "居民看到的与应当上线的一致：核对了 13 个网址。"
    assert wording.groups_of(good) == [("首页", 1), ("稿件", 12)]
    bad = Check(state="alarm", counts={"front": 1}, findings=[Finding("slow", "warn").kept()])
    assert "1 处" in wording.verdict_of(bad)


def test_an_alarm_tells_what_it_was_sounded_for():
    first = Finding("broken", "alarm", "/", {"kind": "front", "status": 502}).kept()
    joined = Finding("missing", "alarm", "/x/", FACTS | {"status": 404}).kept()
    alarm = Alarm(pk=7, began_at=timezone.now(), findings=[first, joined])
    assert "502" in wording.found_in(alarm, "alarm 7 broken")
    assert "404" in wording.found_in(alarm, "alarm 7 missing")
    assert "502" in wording.found_in(alarm, "alarm 7 over")
