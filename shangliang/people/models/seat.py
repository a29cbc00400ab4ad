"""A seat (任职): who carries which duty, in which body, from when to when."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import duties
from ..span import span_words
from .organisation import Organisation
from .person import Person


class Ended(models.TextChoices):
    TERM = "term", _("任期届满")
    RESIGNED = "resigned", _("辞去")
    REMOVED = "removed", _("撤销")
    TRANSFERRED = "transferred", _("调整")
    DIED = "died", _("去世")


class HeldSeat(NamedTuple):
    """A seat as questions about rights need it: the duty, the body, and whose house it is in."""

    duty: str
    organisation: int
    committee: int


def seats_on(person: Any, day: date) -> list[HeldSeat]:
    """Every seat `person` holds on `day`; none when she cannot act."""
    return [
        HeldSeat(seat.duty, seat.organisation_id, seat.organisation.committee_id or 0)
        for seat in _held(person, day)
    ]


def committee_on(person: Any, day: date) -> Organisation | None:
    """The committee in whose house `person` sits on `day`; the first she came to, of several."""
    return next((seat.organisation.committee for seat in _held(person, day)), None)


def _held(person: Any, day: date) -> list[Seat]:
    if not person.is_authenticated or not person.is_active:
        return []
    if person.kept_seats is not None:
        return [seat for seat in person.kept_seats if seat.is_held_on(day)]
    seats = Seat.objects.held_on(day).filter(person=person.pk)
    return list(seats.select_related("organisation__committee").order_by("pk"))


def recall(pk: int) -> Person | None:
    """A person for the length of one request, with her seats, in one look at the database."""
    seats = Seat.objects.filter(person=pk).order_by("pk")
    found = list(seats.select_related("person", "organisation__committee"))
    person = found[0].person if found else Person.objects.filter(pk=pk).first()
    if person is not None:
        person.kept_seats = found
    return person


class SeatQuerySet(models.QuerySet["Seat"]):
    def held_on(self, day: date) -> SeatQuerySet:
        """The seats that count on `day`: begun, not ended, and confirmed by the security officer."""
        goes_on = Q(until=None) | Q(until__gte=day)
        return self.filter(goes_on, since__lte=day, confirmed_at__isnull=False)

    def waiting(self) -> SeatQuerySet:
        """The seats proposed by one and not yet looked at by another."""
        return self.filter(confirmed_at=None, refused_at=None)

    def standing(self, day: date) -> SeatQuerySet:
        """The seats that are held on `day` or will be, confirmed or not: not refused, not over."""
        return self.filter(refused_at=None).filter(Q(until=None) | Q(until__gte=day))

    def of_administrators(self) -> SeatQuerySet:
        return self.filter(duty__in=duties.ADMINISTRATORS)


class Seat(models.Model):
    """A duty carried in a body for a time, with the paper that gave it and the paper that ended it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    duty = models.CharField(_("职务"), max_length=24, choices=list(duties.LABELS.items()))
    title = models.CharField(_("职务名称"), max_length=60, blank=True)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)
    start_document = models.CharField(_("任职依据"), max_length=200, blank=True)
    decided_by = models.CharField(_("决定机构及会议"), max_length=120, blank=True)
    ended_how = models.CharField(_("离任原因"), max_length=12, choices=Ended, blank=True)
    end_document = models.CharField(_("离任依据"), max_length=200, blank=True)
    end_decided_by = models.CharField(_("决定离任的机构及会议"), max_length=120, blank=True)
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True, editable=False)
    refused_at = models.DateTimeField(_("退回时间"), null=True, blank=True, editable=False)
    refused_why = models.CharField(_("退回理由"), max_length=200, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("任职")
        indexes = [models.Index(fields=["organisation", "duty"]), models.Index(fields=["duty"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(duty__in=sorted(duties.ADMINISTRATORS), until=None, refused_at=None),
                name="no_two_of_the_three_administrators",
                violation_error_message=_("同一人不能兼任系统、安全、审计管理员中的两项。"),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | ~Q(confirmed_by=F("person"))
                & (Q(proposed_by=None) | ~Q(confirmed_by=F("proposed_by"))),
                name="a_seat_is_confirmed_by_another",
                violation_error_message=_("提出任职的人和本人都不能确认这项任职。"),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="a_seat_ends_after_it_begins",
                violation_error_message=_("离任日期不能早于任职日期。"),
            ),
        ]

    def is_held_on(self, day: date) -> bool:
        """Whether it counts on `day`; `held_on` asks the database the same."""
        begun = self.confirmed_at is not None and self.since <= day
        return begun and (self.until is None or self.until >= day)

    def __str__(self) -> str:
        return f"{self.person} {self.organisation}{self.title or self.get_duty_display()}"

    @property
    def name(self) -> str:
        """Where, and what she is there: 教育界 · 召集人."""
        return f"{self.organisation} · {self.title or self.get_duty_display()}"

    @property
    def span(self) -> str:
        return span_words(self.since, self.until)

    def clean(self) -> None:
        if self.organisation_id and self.duty:
            self._stand_in_its_place()
        if self.person_id and self.since and self.duty:
            self._agree_with_the_others()

    def _stand_in_its_place(self) -> None:
        if self.organisation.kind not in duties.PLACES[self.duty]:
            raise ValidationError(
                _("%(body)s没有“%(duty)s”这个职务，请重新选择机构或职务。")
                % {"body": self.organisation, "duty": self.get_duty_display()}
            )

    def _agree_with_the_others(self) -> None:
        """An administrator holds no business seat, so nobody both sets the rules and plays."""
        others = Seat.objects.standing(self.since).filter(person=self.person_id)
        if self.until:
            others = others.filter(since__lte=self.until)
        administers = self.duty in duties.ADMINISTRATORS
        for seat in others.exclude(pk=self.pk):
            if (seat.duty in duties.ADMINISTRATORS) != administers:
                raise ValidationError(_("管理员不能兼任业务职务，请使用另一人员的账号。"))
            if administers and seat.duty != self.duty:
                raise ValidationError(_("同一人不能兼任系统、安全、审计管理员中的两项。"))
            if (seat.organisation_id, seat.duty) == (self.organisation_id, self.duty):
                raise ValidationError(_("这个人已经担任这项职务，不需要再加一次。"))
