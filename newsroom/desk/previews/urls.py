"""The addresses of what is lent to people without an account; no cookie of the desk goes there."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from newsroom.desk.previews import outside


class TokenConverter(StringConverter):
    """What a link is known by: 256 bits that nobody can guess."""

    regex = "[A-Za-z0-9_-]{43}"


register_converter(TokenConverter, "token")

app_name = "previews"
urlpatterns = [
    path("<token:token>/", outside.home, name="home"),
    path("<token:token>/answer/", outside.answer, name="answer"),
    path("<token:token>/<path:page>", outside.page, name="page"),
]
