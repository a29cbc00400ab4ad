from django.conf import settings
from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("style-<str:fingerprint>.css", views.stylesheet, name="stylesheet"),
    path("appearance/", views.appearance, name="appearance"),
]
if settings.DEBUG:
    from . import gallery

    urlpatterns += [
        path("", gallery.show, name="gallery"),
        path("page/<slug:name>/", gallery.page, name="gallery_page"),
    ]
