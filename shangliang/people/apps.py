from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "shangliang.people"
    label = "people"
    verbose_name = "组织与人员"

    def ready(self) -> None:
        from . import reports, resetting  # noqa: F401  the worker must know the mail

        reports.listen()
