"""Whatever two people do to one piece: every word posted can be read somewhere afterwards."""

import random
from itertools import count

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.choices import between, choices
from articles.markup import blocks
from articles.merging import Overlap
from articles.models import Article, Unsaved, Version
from articles.posted import posted_content, put, raw_rows
from articles.reconciling import as_json, settle
from articles.revisions import content_at, content_now, savings
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in

pytestmark = pytest.mark.django_db
FIELDS = ("headline", "kicker", "deck", "summary", "unit_head")


@pytest.fixture
def cast():
    return factories.Cast()


def posted(fields: dict) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in fields.items():
        post[name] = str(value)
    return post


# A form as content, and back


def test_a_form_that_nobody_touched_says_what_is_stored(cast):
    article = factories.draft(cast)
    factories.with_photo(article)
    typed = posted_content(posted(form_of(article)), MultiValueDict(), FIELDS)
    stored = content_now(article)
    assert typed.fields.items() <= stored.fields.items()
    assert typed.body == stored.body
    assert typed.rows["bylines"] == stored.rows["bylines"]
    assert between(stored, typed, by=cast.writer) == []


def test_what_was_merged_is_posted_as_the_form_would(cast):
    article = factories.draft(cast)
    post, files = posted(form_of(article)), MultiValueDict()
    content = posted_content(post, files, FIELDS)
    content.rows["bylines"]["+3"] = {"role": "摄", "who": "|梁序", "credit": "photo"}
    put(content, post, files, article)
    assert (post["bylines-TOTAL_FORMS"], post["bylines-INITIAL_FORMS"]) == ("2", "1")
    assert (post["bylines-1-name"], post["bylines-1-position"]) == ("梁序", "2")
    assert list(raw_rows("bylines", post)) == [str(article.bylines.get().pk), "+1"]


def test_a_row_that_is_not_in_the_content_is_struck_out(cast):
    article = factories.draft(cast)
    post, files = posted(form_of(article)), MultiValueDict()
    content = posted_content(post, files, FIELDS)
    content.rows["bylines"].clear()
    put(content, post, files, article)
    assert post["bylines-0-DELETE"] == "on"


def test_a_file_moves_along_with_its_row(cast):
    article = factories.draft(cast)
    post = posted(form_of(article) | {"photos-TOTAL_FORMS": 1, "photos-0-caption": "我的图"})
    files = MultiValueDict({"photos-0-upload": [type("File", (), {"name": "a.jpg"})]})
    content = posted_content(post, files, FIELDS)
    assert content.rows["photos"]["+0"]["file"] == "+a.jpg"
    factories.with_photo(article)
    put(content, post, files, article)
    assert list(files) == ["photos-1-upload"]


def test_choices_are_called_by_what_they_are_about(cast):
    article = factories.draft(cast)
    content, key = content_now(article), str(article.bylines.get().pk)
    found = choices(
        [
            Overlap("field", "headline", "我", "你", "他"),
            Overlap("text", "body", "<p>我</p>", "<p>你</p>", at=0),
            Overlap("row", "bylines", "摄", "文", "", key=key, part="role"),
            Overlap("order", "bylines", key, key),
        ],
        content,
        by=cast.writer,
    )
    assert len({each.label for each in found}) == len(found)
    assert [each.takes_both for each in found] == [False, True, False, False]


def test_a_choice_goes_where_its_words_stand_now():
    place = Overlap("text", "body", "<p>我写的</p>", "<p>你写的</p>", "<p>原来</p>", at=0)
    body = "<p>后来加在前面的</p><p>我写的</p>"
    post = posted({"body": body, "place-0": as_json(place), "take-0": "theirs"})
    assert settle(post) == ([], 1)
    assert post["body"] == "<p>后来加在前面的</p><p>你写的</p>"


def test_history_says_who_saved_which_revision(cast):
    article = factories.draft(cast)
    for who in (cast.writer, cast.editor):
        workflow.save(article, by=who, write=article.save)
    assert [(each.revision, each.by) for each in savings(article, 0)] == [
        (1, cast.writer), (2, cast.editor),
    ]  # fmt: skip
    assert content_at(article, 1) == content_at(article, 2)


# Random people


class Typist:
    """Somebody with the form open, who types words that nobody else types."""

    def __init__(self, user, article, words, chance):
        self.browser, self.article, self.chance = signed_in(user), article, chance
        self.words, self.typed = words, []
        self.open()

    def open(self):
        self.form = form_of(Article.objects.get(pk=self.article.pk))

    def word(self) -> str:
        self.typed.append(f"词{next(self.words)}语")
        return self.typed[-1]

    def type(self):
        what = self.chance.choice(["field", "paragraph", "insert", "delete", "name", "caption"])
        getattr(self, f"_{what}")()

    def _field(self):
        self.form[self.chance.choice(FIELDS)] = self.word()

    def _paragraph(self):
        found = blocks(self.form["body"]) or ["<p></p>"]
        at = self.chance.randrange(len(found))
        found[at] = found[at].replace("</p>", f"{self.word()}</p>")
        self.form["body"] = "".join(found)

    def _insert(self):
        found = blocks(self.form["body"])
        found.insert(self.chance.randint(0, len(found)), f"<p>{self.word()}{self.word()}</p>")
        self.form["body"] = "".join(found)

    def _delete(self):
        found = blocks(self.form["body"])
        gone = found.pop(self.chance.randrange(len(found))) if found else ""
        # Words typed and taken out again before a save were never posted.
        self.typed = [word for word in self.typed if word not in gone]
        self.form["body"] = "".join(found)

    def _name(self):
        self.form["bylines-0-role"] = self.word()

    def _caption(self):
        self.form["photos-0-caption"] = self.word()

    def save(self) -> list[str]:
        """Save, choosing at random where asked; return the words that were posted."""
        words, self.typed = [word for word in self.typed if word in str(self.form)], []
        answer = self.browser.post(address(self.article), self.form)
        for _time in range(3):
            if answer.status_code == 302:
                break
            data = answer.context["adminform"].form.data
            again = {name: data[name] for name in data if data.getlist(name)}
            again["read_revision"] = answer.context["read_revision"]
            for each in answer.context["choices"]:
                again[f"place-{each.number}"] = each.kept
                again[f"take-{each.number}"] = self.chance.choice(["mine", "theirs", "both"])
            answer = self.browser.post(address(self.article), again)
        assert answer.status_code == 302
        self.open()
        return words


def readable(article) -> str:
    """Return whatever can be read of a piece: its history, its versions, what was kept."""
    rows = [article.events.values_list(*FIELDS, "body")]
    parts = ((article.bylines.model, "role"), (article.photos.model, "caption"))
    rows += [model.pgh_event_model.objects.values_list(name) for model, name in parts]
    rows += [Version.objects.values_list("body"), Unsaved.objects.values_list("places", "body")]
    return str([list(each) for each in rows])


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture,
                                                  HealthCheck.too_slow])  # fmt: skip
@given(seed=st.integers(0, 10**9))
def test_every_word_that_was_posted_can_be_read_somewhere(cast, seed):
    chance, words, posted_words = random.Random(seed), count(1), []
    article = factories.draft(cast, body="<p>第一段话。</p><p>第二段话。</p><p>第三段话。</p>")
    factories.with_photo(article)
    workflow.save(article, by=cast.writer, write=article.save)
    people = [Typist(who, article, words, chance) for who in (cast.writer, cast.editor)]
    for _step in range(chance.randint(4, 10)):
        typist = chance.choice(people)
        if chance.random() < 0.7:
            typist.type()
        else:
            posted_words += typist.save()
    for typist in people:
        posted_words += typist.save()
    there = readable(article)
    assert [word for word in posted_words if word not in there] == []
