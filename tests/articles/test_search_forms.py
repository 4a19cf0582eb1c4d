"""What stands in the address of a search."""

from django.utils import timezone

from articles.search_forms import SearchForm

SECTIONS = [{"key": 7, "name": "民生", "slug": "minsheng"}]


def form(**given) -> SearchForm:
    made = SearchForm({"q": "灯会", **given}, SECTIONS)
    assert made.is_valid()
    return made


def test_an_address_is_written_in_one_way_and_begins_at_its_first_page():
    asked = form(order="newest", page="3", when="", section=["minsheng"], to="2023-12-08")
    assert asked.query() == ("q=%E7%81%AF%E4%BC%9A&section=minsheng&order=newest&to=2023-12-08")
    assert asked.query(page="2", order="", section="", to="") == "q=%E7%81%AF%E4%BC%9A&page=2"


def test_days_are_whole_days_here():
    ask = form(**{"from": "2023-12-08", "to": "2023-12-08"}).ask(timezone.now(), {"minsheng": 7})
    assert (ask.until - ask.since).total_seconds() == 86_400
    assert timezone.localtime(ask.since).hour == 0
