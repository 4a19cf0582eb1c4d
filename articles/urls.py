"""The addresses of articles and of lists of them."""

from django.urls import path

from articles import addresses as _addresses  # noqa: F401 - registers the converter
from articles import (
    attachment_views,
    picture_views,
    search_views,
    shelf_views,
    topic_views,
    views,
)

app_name = "articles"


def volumes(route: str, name: str) -> list:
    """Return the addresses of a volume: of its first page, and of those that follow."""
    view = getattr(shelf_views, name)
    return [path(route, view, name=name), path(f"{route}<part:part>/", view, name=name)]


urlpatterns = [
    path("articles/<number:number>/", views.article, name="article"),
    path(
        "articles/<number:number>/files/<slug:digest>.<slug:kind>",
        attachment_views.attachment,
        name="attachment",
    ),
    path("sections/<slug:slug>/", shelf_views.section, name="section"),
    path("sections/<slug:slug>/<year:year>/", shelf_views.section_year, name="section_year"),
    *volumes("sections/<slug:slug>/<year:year>/<month:month>/", "section_month"),
    path("correspondents/", shelf_views.correspondents, name="correspondents"),
    path("correspondents/<number:number>/", shelf_views.correspondent, name="correspondent"),
    *volumes("correspondents/<number:number>/<year:year>/", "correspondent_year"),
    path("tags/", shelf_views.tags, name="tags"),
    path("tags/<number:number>/", shelf_views.tag, name="tag"),
    *volumes("tags/<number:number>/<year:year>/", "tag_year"),
    path("corrections/", shelf_views.corrections, name="corrections"),
    *volumes("corrections/<year:year>/", "corrections_year"),
    path("pages/<slug:slug>/", topic_views.page, name="page"),
    path("topics/", topic_views.topics, name="topics"),
    path("topics/<slug:slug>/", topic_views.topic, name="topic"),
    path("search/", search_views.search, name="search"),
    path("photos/<digest:digest>/<rendition:name>", picture_views.photo, name="photo"),
]
