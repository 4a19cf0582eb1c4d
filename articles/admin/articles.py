"""Articles in the desk."""

from django.contrib import admin

from articles.models import Article
from newsroom.people.registers import Register


@admin.register(Article)
class ArticleAdmin(Register):
    list_display = ["title"]
