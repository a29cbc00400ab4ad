from django.urls import path

from . import views, views_notices

urlpatterns = [
    path("notices/", views_notices.inbox, name="notices"),
    path("notices/read/", views_notices.read_all, name="notices_read"),
    path("matters/<int:pk>/", views.detail, name="matter"),
    path("matters/<int:pk>/<slug:name>/", views.make_move, name="move"),
]
