"""The addresses at which readers leave something with us."""

from django.urls import path

from articles import addresses as _numbers  # noqa: F401 - registers the converter
from newsroom.readers import addresses as _addresses  # noqa: F401 - registers the converters
from newsroom.readers import newsletter_views, offline_views, report_views

app_name = "readers"
urlpatterns = [
    path("articles/<number:number>/report/", report_views.report, name="report"),
    path("reports/<slug:secret>/", report_views.receipt, name="receipt"),
    path("reports/<slug:secret>/change/", report_views.change, name="change_report"),
    path("reports/<slug:secret>/take-back/", report_views.take_back, name="take_back_report"),
    path("newsletter/", newsletter_views.newsletter, name="newsletter"),
    path("newsletter/asked/", newsletter_views.asked, name="asked"),
    path("newsletter/confirm/<ticket:ticket>/", newsletter_views.confirm, name="confirm"),
    path("newsletter/leave/<letterkey:key>/", newsletter_views.leave, name="leave"),
    path("worker.js", offline_views.worker, name="worker"),
    path("offline.json", offline_views.shelf, name="shelf"),
    path("offline/", offline_views.offline, name="offline"),
    path("manifest.webmanifest", offline_views.manifest, name="manifest"),
]
