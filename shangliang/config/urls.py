"""Every door of the house; the permission matrix knows each of them."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("shangliang.people.urls")),
    path("me/", include("shangliang.people.urls_mine")),
    path("setup/", include("shangliang.people.urls_setup")),
    path("setup/", include("shangliang.matters.urls_setup")),
    path("", include("shangliang.matters.urls")),
    path("proposals/", include("shangliang.proposals.urls")),
    path("ui/", include("shangliang.ui.urls")),
    path("", include("shangliang.desk.urls")),
]
