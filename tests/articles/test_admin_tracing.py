"""A signer who is asked again reads who changed what, and when, since their signature."""

import pytest

from articles import workflow
from articles.models import Article
from tests import factories
from tests.articles.desk_pages import address, signed_in, text

pytestmark = pytest.mark.django_db
BODY = "<p>花园有 260 平方米。</p><p>收水 146 吨。</p><p>孩子们轮流值日。</p>"


@pytest.fixture
def cast():
    return factories.Cast()


def mend(article, by, old, new):
    workflow.claim(article, by=by)
    article.body = article.body.replace(old, new)
    workflow.save(article, by=by, write=article.save)


def test_the_banner_names_who_changed_what_since_the_signature(cast):
    article = factories.signed_by(cast, factories.submitted(cast, body=BODY), cast.editor)
    mend(article, cast.desk_head, "孩子们轮流值日。", "六个班轮流值日，" + "量水位记雨量。" * 8)
    workflow.sign(article, by=cast.desk_head)
    mend(article, cast.second_editor, "260", "216")
    response = signed_in(cast.editor).get(address(article, "read"))
    page = text(response)
    assert "的签字失效了：此后改了 2 处" in page
    changes = {c.place.label: (c.by, bool(c.at)) for c in response.context["traced"]}
    assert changes == {
        "第 1 段": (cast.second_editor, False),
        "第 3 段": (cast.desk_head, True),
    }
    assert f"{cast.desk_head}改了 1 处" in page
    assert f"{cast.second_editor}正在改 1 处" in page


def test_what_changed_is_exactly_the_difference_to_the_signed_version(cast):
    article = factories.signed_by(cast, factories.submitted(cast, body=BODY), cast.editor)
    mend(article, cast.desk_head, "146", "164")
    workflow.sign(article, by=cast.desk_head)
    Article.objects.filter(pk=article.pk).update(body=BODY)
    response = signed_in(cast.editor).get(address(article, "read"))
    assert response.context["changes"] == []
    assert "处有改动" not in text(response)


def test_shortcuts_press_what_stands_on_the_page(cast):
    """The list of keys is hidden until the script that serves them says otherwise."""
    page = text(signed_in(cast.editor).get(address(factories.submitted(cast), "read")))
    assert '<div class="keys" hidden' in page
    assert "desk/keys.js" in page
