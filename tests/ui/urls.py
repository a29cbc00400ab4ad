"""The parts of the house on their own, without the rooms: the gallery and a few made-up answers."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from shangliang.ui import gallery, urls

received: list[str] = []  # the keys of the forms that arrived
drafts: list[dict[str, Any]] = []


@login_not_required
def paper(request: HttpRequest) -> HttpResponse:
    return HttpResponse("编号,案由\n", content_type="text/csv")


@login_not_required
def receive(request: HttpRequest) -> HttpResponse:
    received.append(request.POST["_key"])
    return redirect("/ui/page/confirm/")


@login_not_required
def draft(request: HttpRequest) -> JsonResponse:
    drafts.append(json.loads(request.body))
    return JsonResponse({"version": len(drafts), "saved_at": "2026-12-02T14:32:00+08:00"})


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", {"refusal": "请登录。"})


@login_not_required
def expired(request: HttpRequest) -> HttpResponse:
    return redirect("/ui/login/?next=/ui/expired/")


app = [
    *urls.urlpatterns,
    path("", gallery.show, name="gallery"),
    path("page/<slug:name>/", gallery.page, name="gallery_page"),
    path("paper.csv", paper),
    path("receive/", receive),
    path("login/", login),
    path("expired/", expired),
]
urlpatterns = [path("drafts/gallery/", draft), path("ui/", include((app, "ui")))]
