from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "shangliang.matters"
    label = "matters"
    verbose_name = "事项"
