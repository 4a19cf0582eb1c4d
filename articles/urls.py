"""The addresses of articles and of lists of them."""

from django.urls import path

from articles import addresses as _addresses  # noqa: F401 - registers the converter
from articles import attachment_views, picture_views, topic_views, views

app_name = "articles"
urlpatterns = [
    path("articles/<number:number>/", views.article, name="article"),
    path(
        "articles/<number:number>/files/<slug:digest>.<slug:kind>",
        attachment_views.attachment,
        name="attachment",
    ),
    path("sections/<slug:slug>/", views.section, name="section"),
    path("correspondents/<number:number>/", views.correspondent, name="correspondent"),
    path("pages/<slug:slug>/", topic_views.page, name="page"),
    path("topics/", topic_views.topics, name="topics"),
    path("topics/<slug:slug>/", topic_views.topic, name="topic"),
    path("corrections/", views.corrections, name="corrections"),
    path("photos/<digest:digest>/<rendition:name>", picture_views.photo, name="photo"),
]
