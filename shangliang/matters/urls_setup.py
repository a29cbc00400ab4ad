"""Set-up pages of this floor, beside those of the people's."""

from django.urls import path

from . import views_audit, views_setup

urlpatterns = [
    path("numbers/", views_setup.numbers, name="setup_numbers"),
    path("numbers/<int:pk>/reset/", views_setup.reset, name="setup_number_reset"),
    path("numbers/<str:key>/", views_setup.number, name="setup_number"),
    path("codes/", views_setup.codes, name="setup_codes"),
    path("codes/<slug:table>/add/", views_setup.code_add, name="setup_code_add"),
    path("codes/<int:pk>/", views_setup.code, name="setup_code"),
    path("journal/", views_audit.journal, name="setup_journal"),
    path("journal/verify/", views_audit.verify, name="setup_verify"),
]
