"""The doors of the house, and one that does whatever a test asks of it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from shangliang.config.urls import urlpatterns as doors
from shangliang.matters import journal


def act(request: HttpRequest) -> HttpResponse:
    """Write one entry, then answer as the form says."""
    who = request.user if request.user.is_authenticated else None
    journal.write("export", by=who, at=timezone.now(), note=request.POST.get("note", ""))
    match request.POST.get("answer"):
        case "page":
            return HttpResponse(f"<p>第 {journal.hold().seq} 号</p>")
        case "template":
            return TemplateResponse(request, "ui/refusal.html", {"refusal": "已经记下。"})
        case "stream":
            return StreamingHttpResponse(["一", "二"])
        case "refused":
            return HttpResponse("请改一改", status=422)
        case "broken":
            return HttpResponse("坏了", status=500)
        case "raise":
            raise RuntimeError("in the middle of it")
        case "missing":
            raise Http404
    response = HttpResponse(status=302)
    response["Location"] = "/done/"
    return response


urlpatterns = [path("act/", act, name="act"), path("open/", login_not_required(act)), *doors]
