from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class MattersConfig(AppConfig):
    name = "shangliang.matters"
    label = "matters"
    verbose_name = "事项"

    def ready(self) -> None:
        from shangliang.people import record

        from . import guards, watch

        record.beginning.connect(watch.take_the_queue)
        record.happened.connect(watch.write_down)
        pre_migrate.connect(guards.before_migrating, sender=self)
        post_migrate.connect(guards.after_migrating, sender=self)
