from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "shangliang.people"
    label = "people"
    verbose_name = "组织与人员"

    def ready(self) -> None:
        from . import guards, jobs, reports, resetting, waiting  # noqa: F401  known to the worker

        post_migrate.connect(guards.put_up, sender=self)
        reports.listen()
        waiting.lay()
