"""Every door of the house; the permission matrix knows each of them."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("shangliang.matters.urls")),
    path("proposals/", include("shangliang.proposals.urls")),
    path("", include("shangliang.ui.urls")),
    path("", include("shangliang.desk.urls")),
]
