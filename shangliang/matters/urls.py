from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/", views.detail, name="matter"),
    path("<int:pk>/<slug:name>/", views.make_move, name="move"),
]
