"""Run the jobs of the house until stopped: manage.py worker."""

from huey.contrib.djhuey.management.commands.run_huey import Command as RunHuey


class Command(RunHuey):
    help = "运行后台任务：每分钟办理到期事项，每晚重算期限。"

    def handle(self, *args: object, **options: object) -> None:
        # huey looks for modules called `tasks`; ours say in their names what they are.
        from ... import jobs  # noqa: F401

        super().handle(*args, **options)
