"""Every address of the newsroom."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from newsroom import views

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/account/", include("newsroom.desk.accounts.urls")),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path("preview/", include("newsroom.desk.previews.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("watchz", views.watchz, name="watchz"),
    path("", include("articles.urls")),
    path("", include("issues.urls")),
    path("", include("newsroom.readers.urls")),
]
handler400 = "newsroom.views.bad_request"
handler404 = "newsroom.views.not_found"
handler500 = "newsroom.views.server_error"
