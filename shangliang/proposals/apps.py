from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "shangliang.proposals"
    label = "proposals"
    verbose_name = "提案"

    def ready(self) -> None:
        from . import workflow  # noqa: F401  the table makes itself known
