"""The parts of the house on their own, without the rooms: the gallery and a few made-up answers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from shangliang.ui import gallery, urls


@login_not_required
def paper(request: HttpRequest) -> HttpResponse:
    return HttpResponse("编号,案由\n", content_type="text/csv")


app = [
    *urls.urlpatterns,
    path("", gallery.show, name="gallery"),
    path("page/<slug:name>/", gallery.page, name="gallery_page"),
    path("paper.csv", paper),
]
urlpatterns = [path("ui/", include((app, "ui")))]
