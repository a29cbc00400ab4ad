"""The page that shows every part of the house in every state (DEBUG only)."""

import re
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from . import specimen_forms, specimens

HERE = Path(__file__).parent
PAGES = (
    "home",
    "matter",
    "list",
    "write",
    "confirm",
    "check",
    "cockpit",
    "leader",
    "conflict",
    "refusal",
)
COLOUR = re.compile(r"--([a-z-]+): oklch")
NAV: list[dict[str, Any]] = [
    {"label": "待办", "url": "/ui/page/home/", "count": 12, "bar": True},
    {"label": "撰写", "url": "/ui/page/write/", "bar": True},
    {"label": "查阅", "url": "/ui/page/matter/", "bar": True},
    {"label": "清单", "url": "/ui/page/list/"},
    {"label": "承办", "url": "/ui/page/cockpit/", "count": 60},
    {"label": "统计", "url": "/ui/page/leader/"},
    {"label": "我的", "url": "/ui/", "bar": True},
]


def colours() -> list[str]:
    """The colour names of the token file, each once."""
    return list(dict.fromkeys(COLOUR.findall((HERE / "static/ui/css/tokens.css").read_text())))


def said_about(name: str) -> str:
    """The first comment of a partial: what it is and which inputs it takes."""
    text = (HERE / f"templates/ui/{name}.html").read_text(encoding="utf-8")
    found = re.search(r"{#(.*?)#}", text)
    return found[1].strip() if found else ""


def frame(request: HttpRequest) -> dict[str, Any]:
    nav = [{**item, "current": item["url"] == request.path} for item in NAV]
    return {"organ": "云岭县政协", "home_url": "/ui/", "search_url": "/ui/", "nav": nav}


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """Every token and every part, each with its own words about its inputs."""
    parts = [
        {"name": name, "template": f"ui/{name}.html", "about": said_about(name), "shown": shown}
        for name, shown in specimens.specimens().items()
    ]
    wrong = specimen_forms.Writing({"title": "字" * 45}, auto_id="wrong_%s")
    context = {
        **frame(request),
        "parts": parts,
        "colours": colours(),
        "fields": specimen_forms.Writing(initial={"situation": "全县多层住宅共 612 栋。"}),
        "bad": wrong,
        "pages": PAGES,
    }
    return render(request, "ui/gallery/index.html", context)


@login_not_required
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A whole page put together from the parts."""
    shown = specimens.specimens()
    if name == "noticed":
        return render(request, "ui/_noticed.html", shown["_noticed"][0])
    if name not in PAGES:
        raise Http404
    if request.method == "POST":
        messages.success(request, "已经收到。")
    context = {**frame(request), **{key[1:]: value for key, value in shown.items()}}
    if name == "conflict":
        return render(request, "ui/conflict.html", {**frame(request), **specimens.CONFLICT})
    if name == "refusal":
        return render(request, "ui/refusal.html", {**frame(request), **shown["_refusal"][0]})
    if name == "list":
        context["narrow"] = specimen_forms.Narrow(request.GET or None, auto_id="narrow_%s")
        context["found"] = f"共 {len(request.GET)} 件。"
    if name == "write":
        form = specimen_forms.Writing(request.POST or None)
        context |= {"form": form, "rows": list(specimen_forms.Rows())}
    return render(request, f"ui/gallery/{name}.html", context)
