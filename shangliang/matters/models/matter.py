"""The spine every room stands on: a matter (事项) and those who have a part in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shangliang.people.models import Organisation, Person, Seat, Session, Term

from ..composed import Composed
from ..table import REGISTRY, State, Workflow

if TYPE_CHECKING:
    from ..table import Who


class Visibility(models.TextChoices):
    """Who may know of a matter, from the narrowest circle to the widest."""

    PRIVATE = "private", _("仅提出人")
    HANDLERS = "handlers", _("经办人员")
    MEMBERS = "members", _("委员和机关")
    ORGAN = "organ", _("本会全体用户")
    PUBLIC = "public", _("社会公开")


WIDTH = {name: width for width, name in enumerate(Visibility.values)}


def at_least(level: str) -> list[str]:
    """The visibilities that are `level` or wider."""
    return Visibility.values[WIDTH[level] :]


class Words(Mapping[str, Any]):
    """Words for a sentence, each looked up only when the sentence names it (`format_map`)."""

    def __init__(self, **found_by: Callable[[], Any]) -> None:
        self.found_by = found_by

    def __getitem__(self, name: str) -> Any:
        return self.found_by[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self.found_by)

    def __len__(self) -> int:
        return len(self.found_by)

    def also(self, **found_by: Callable[[], Any]) -> Words:
        return Words(**self.found_by | found_by)


class MatterQuerySet(models.QuerySet["Matter"]):
    def visible_to(self, person: Any, day: date) -> MatterQuerySet:
        """What `person` may know of on `day`; everything else is 404 to her."""
        from .. import rights

        return self.filter(rights.visible(person, day))

    def open(self) -> MatterQuerySet:
        return self.filter(is_open=True)

    def with_names(self) -> MatterQuerySet:
        """With what a line of a list says: who plays which part, and the dates still running."""
        from .deadline import Deadline

        return self.prefetch_related(
            NAMED_PARTS, models.Prefetch("deadlines", Deadline.objects.open())
        )


class Matter(models.Model):
    """Anything the house handles: it stands in a state, entries say what happened to it."""

    KIND = ""  # which table it lives by; every room's model names its own
    # Relations `search_text` reads, fetched for many at once.
    SEARCH_NEEDS: tuple[str | models.Prefetch[Any], ...] = ()

    kind = models.CharField(max_length=40, editable=False)
    number = models.CharField(_("编号"), max_length=60, blank=True, editable=False)
    title = models.CharField(_("案由"), max_length=200)
    state = models.CharField(_("状态"), max_length=24, editable=False)
    is_open = models.BooleanField(default=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="matters")
    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    visibility = models.CharField(
        _("可见范围"), max_length=10, choices=Visibility, default=Visibility.PRIVATE, editable=False
    )
    created_at = models.DateTimeField(_("建立时间"))
    moved_at = models.DateTimeField(_("最近变动"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("事项")
        indexes = [
            models.Index(fields=["organisation", "kind", "state", "-moved_at"]),
            models.Index(fields=["kind", "state", "-moved_at"]),
            models.Index(
                fields=["kind", "state", "organisation", "visibility"],
                condition=Q(is_open=True),
                name="matters_open",
            ),
            models.Index(fields=["visibility", "-moved_at"]),
            # The newest papers one may see, told from the index alone.
            models.Index(
                fields=["-moved_at", "-id", "visibility", "organisation", "kind", "state"],
                name="matters_newest_seen",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def flow(self) -> Workflow:
        return REGISTRY[self.kind]

    @property
    def stands(self) -> State:
        """The state it stands in, as its table describes it."""
        return self.flow.states[self.state]

    @property
    def own(self) -> Matter:
        """The matter with its room's own fields."""
        model = self.flow_model()
        return self if isinstance(self, model) else model._default_manager.get(pk=self.pk)

    def flow_model(self) -> type[Matter]:
        from django.apps import apps

        return apps.get_model(self.kind)

    def get_absolute_url(self) -> str:
        return reverse("matter", args=[self.pk])

    def words(self) -> Words:
        """What a table's sentences about this matter may name; rooms add their own."""
        return Words(title=lambda: self.title, number=lambda: self.number)

    def cast(self, *roles: str) -> list[Part]:
        """Who plays one of `roles`, with their names, from one query or from what is prefetched."""
        held = getattr(self, "_prefetched_objects_cache", {}).get("parts")
        if held is None:
            held = named(self.parts.filter(role__in=roles))
        return [part for part in held if part.role in roles]

    def names(self, *roles: str) -> list[str]:
        """What those who play one of `roles` are called, without fetching them."""
        if "parts" in getattr(self, "_prefetched_objects_cache", {}):
            return [str(part) for part in self.cast(*roles)]
        lines = _names(self.pk)
        return [person or short or unit for role, person, short, unit in lines if role in roles]

    def search_text(self) -> str:
        """What a search finds it by, besides its title and number; rooms say more.

        Only what everybody who sees the matter may know: a hit gives it away.
        """
        return ""

    def search_category(self) -> str:
        """The code a search can be narrowed to, where the room has one."""
        return ""


class PartQuerySet(models.QuerySet["Part"]):
    def of(self, role: str) -> PartQuerySet:
        return self.filter(role=role)

    def held_by(self, person: Person, who: Who, day: date) -> PartQuerySet:
        """The parts through which `person` belongs to the circle `who` on `day`."""
        held = Q(person=person, role__in=who.parts)
        for role, duty in who.desks:
            seats = Seat.objects.held_on(day).filter(person=person, duty=duty)
            held |= Q(role=role, unit__in=seats.values("organisation"))
        return self.filter(held)


class Part(models.Model):
    """Who plays which role in a matter: a person, or a body through those on duty there."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="parts")
    role = models.CharField(max_length=24)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="parts"
    )
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="parts"
    )
    order = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["role", "order", "pk"]
        indexes = [models.Index(fields=["person", "role"]), models.Index(fields=["unit", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, unit__isnull=False) | Q(person__isnull=False, unit=None),
                name="a_part_is_played_by_one",
            ),
            models.UniqueConstraint(
                fields=["matter", "role", "person"],
                condition=Q(person__isnull=False),
                name="one_person_one_part",
            ),
            models.UniqueConstraint(
                fields=["matter", "role", "unit"],
                condition=Q(unit__isnull=False),
                name="one_unit_one_part",
            ),
        ]

    def __str__(self) -> str:
        return str(self.player)

    @property
    def player(self) -> Person | Organisation:
        """The person or the body that plays the part; a constraint sees to it that one does."""
        played = self.person or self.unit
        assert played is not None
        return played


_names = Composed(
    lambda matter: Part.objects.filter(matter=matter).values_list(
        "role", "person__name", "unit__short_name", "unit__name"
    )
)


def named(parts: models.QuerySet[Part]) -> models.QuerySet[Part]:
    """With what the players are called, and nothing else of them."""
    columns = ("matter", "role", "order", "since", "person__name", "unit__name", "unit__short_name")
    return parts.select_related("person", "unit").only(*columns)


NAMED_PARTS = models.Prefetch("parts", Part.objects.select_related("person", "unit"))
NAMES = models.Prefetch("parts", named(Part.objects.all()))
