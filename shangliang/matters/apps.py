from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, pre_migrate


class MattersConfig(AppConfig):
    name = "shangliang.matters"
    label = "matters"
    verbose_name = "事项"

    def ready(self) -> None:
        from shangliang.people import record
        from shangliang.people.affected import answers

        from . import endings, guards, setup, unsent, watch

        answers(endings.open_parts)
        answers(endings.desks_left_empty)
        setup.lay()
        record.beginning.connect(watch.take_the_queue)
        record.happened.connect(watch.write_down)
        user_logged_in.connect(unsent.give_back)
        pre_migrate.connect(guards.before_migrating, sender=self)
        post_migrate.connect(guards.after_migrating, sender=self)
