"""Set-up pages of this floor, beside those of the people's."""

from django.urls import path

from . import views_audit, views_setup, views_templates

urlpatterns = [
    path("numbers/", views_setup.numbers, name="setup_numbers"),
    path("numbers/<int:pk>/reset/", views_setup.reset, name="setup_number_reset"),
    path("numbers/<str:key>/", views_setup.number, name="setup_number"),
    path("codes/", views_setup.codes, name="setup_codes"),
    path("codes/<slug:table>/add/", views_setup.code_add, name="setup_code_add"),
    path("codes/<int:pk>/", views_setup.code, name="setup_code"),
    path("templates/", views_templates.index, name="setup_templates"),
    path("templates/<slug:kind>/", views_templates.template, name="setup_template"),
    path("templates/<slug:kind>/file/", views_templates.download, name="setup_template_file"),
    path("templates/<slug:kind>/reset/", views_templates.reset, name="setup_template_reset"),
    path("journal/", views_audit.journal, name="setup_journal"),
    path("journal/verify/", views_audit.verify, name="setup_verify"),
]
