from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "shangliang.ui"
    label = "ui"
    verbose_name = "界面"
