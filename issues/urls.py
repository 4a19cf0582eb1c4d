"""The addresses of issues, and the front page."""

from django.urls import path

from issues import addresses as _addresses  # noqa: F401 - registers the converters
from issues import views

app_name = "issues"
urlpatterns = [
    path("", views.front, name="front"),
    path("map/", views.site_map, name="map"),
    path("issues/", views.archive, name="archive"),
    path("issues/<year:year>/", views.year, name="year"),
    path("issues/<year:year>/<month:month>/", views.month, name="month"),
    path("issues/<edition:edition>/", views.issue, name="issue"),
    path("issues/<edition:edition>/<number:number>/", views.page, name="page"),
]
