"""Everybody at one piece at one moment: some are refused in a sentence, the database ends nobody.

Each does what their page does, by its door, again and again, in an order that is never the same.
"""

import json
import random
from datetime import timedelta
from itertools import count

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import folding
from articles.markup import paragraphs
from articles.models import Article, Autosave
from articles.models.autosaves import SILENCE
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in
from tests.test_concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.exhaustive]
TURNS = 12  # of each, in one race
_numbers = count(1)


@pytest.fixture
def cast():
    return factories.Cast()


def autosave(browser, user, article):
    """Let a page of somebody's send what is typed in it."""
    sent = {
        "person": user.pk, "page": f"page-of-{user.username}", "sequence": next(_numbers),
        "began_from": article.revision, "fields": [["summary", f"提要{next(_numbers)}"]],
    }  # fmt: skip
    return browser.post(
        address(article, "keep"), json.dumps(sent), "application/json",
        headers={"Accept": "application/json"},
    )  # fmt: skip


def save(browser, user, article):
    """Save the form as it was opened a moment ago."""
    typed = form_of(article, deck=f"副题{next(_numbers)}")
    answer = browser.post(address(article), typed | {"page_key": f"page-of-{user.username}"})
    answer.deck = typed["deck"]
    return answer


def act(verb, **typed):
    """Return a press of a verb's button."""

    def press(browser, user, article):
        return browser.post(
            reverse("admin:articles_article_do", args=[article.pk, verb]),
            {f"{verb}-{name}": value for name, value in typed.items()},
        )

    return press


def fold(browser, user, article):
    """Do the worker's part: pages that fell silent are folded into the piece."""
    Autosave.objects.update(
        seen_at=timezone.now() - 2 * SILENCE, kept_at=timezone.now() - timedelta(seconds=1)
    )
    folding.fold_what_is_over()


def look(browser, user, article):
    return browser.get(address(article))


def visit(user, article, acts, answers):
    """Return somebody's visit: what they do, in an order of their own."""
    doing = [random.choice(acts) for _turn in range(TURNS)]

    def visiting():
        browser = signed_in(user)
        for each in doing:
            answer = each(browser, user, Article.objects.get(pk=article.pk))
            if answer is not None:
                answers.append(answer)

    return visiting


@pytest.mark.parametrize("turn", range(3))
def test_nobody_is_ended_by_the_database(cast, turn):
    article, answers = factories.submitted(cast), []
    crowd = {
        cast.writer: [autosave, look, act("say", note="请看第二段。"), act("recall")],
        cast.editor: [autosave, save, act("claim"), act("let_go"), act("say", note="已核对。")],
        cast.second_editor: [
            autosave,
            save,
            act("claim"),
            act("lock", minutes="15"),
            act("unlock"),
        ],
        cast.chief: [look, act("break_lock", reason="要发。"), act("say", note="抓紧。")],
        cast.desk_head: [look, fold],
    }
    at_once(*[visit(user, article, acts, answers) for user, acts in crowd.items()])
    assert {answer.status_code for answer in answers} <= {200, 302, 403, 404, 409, 422, 429}
    stored = Article.objects.get(pk=article.pk)
    assert paragraphs(stored.body) == paragraphs(article.body)
    saved = {each.deck for each in answers if hasattr(each, "deck") and each.status_code == 302}
    assert saved <= set(stored.events.values_list("deck", flat=True))
