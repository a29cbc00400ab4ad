from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from . import (
    drafts,
    views,
    views_calendar,
    views_documents,
    views_drafts,
    views_notices,
    views_shorter,
)
from .roster import views as roster_pages


class FormName(StringConverter):
    """The name a draft is kept under, as a room chose it: proposals.write:12."""

    regex = drafts.FORM


register_converter(FormName, "form")

roster = [
    path("", roster_pages.index, name="roster"),
    path("template/<slug:name>.xlsx", roster_pages.template, name="roster_template"),
    path("export/", roster_pages.export, name="roster_export"),
    path("<int:pk>/", roster_pages.batch, name="roster_batch"),
    path("<int:pk>/apply/", roster_pages.apply, name="roster_apply"),
    path("<int:pk>/undo/", roster_pages.undo, name="roster_undo"),
    path("<int:pk>/discard/", roster_pages.discard, name="roster_discard"),
    path("<int:pk>/report.csv", roster_pages.report, name="roster_report"),
]

urlpatterns = [
    path("setup/roster/", include(roster)),
    path("drafts/", views_drafts.index, name="drafts"),
    path("drafts/<form:form>/", views_drafts.draft, name="draft"),
    path("drafts/<form:form>/discard/", views_drafts.discard, name="draft_discard"),
    path("drafts/<form:form>/choose/", views_drafts.choose, name="draft_choose"),
    path("drafts/<form:form>/settle/", views_drafts.settle, name="draft_settle"),
    path("calendar/", views_calendar.show, name="calendar"),
    path("calendar/enter/", views_calendar.enter, name="calendar_enter"),
    path("calendar/<int:pk>/", views_calendar.notice, name="calendar_notice"),
    path("calendar/<int:pk>/confirm/", views_calendar.confirm, name="calendar_confirm"),
    path("calendar/<int:pk>/discard/", views_calendar.discard, name="calendar_discard"),
    path("deadlines/shorter/", views_shorter.index, name="shorter"),
    path("deadlines/<int:pk>/shorter/", views_shorter.decide, name="shorter_decide"),
    path("notices/", views_notices.inbox, name="notices"),
    path("notices/read/", views_notices.read_all, name="notices_read"),
    path("documents/<int:pk>/", views_documents.download, name="document"),
    path("documents/<int:pk>/<int:number>/", views_documents.download, name="document_version"),
    path("documents/<int:pk>/replace/", views_documents.replace_page, name="replace"),
    path("documents/<int:pk>/detach/", views_documents.detach_page, name="detach"),
    path("matters/<int:pk>/", views.detail, name="matter"),
    path("matters/<int:pk>/documents/", views_documents.attach_page, name="attach"),
    path("matters/<int:pk>/<slug:name>/", views.make_move, name="move"),
]
