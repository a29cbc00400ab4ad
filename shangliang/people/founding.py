"""A new house: its committee and its first three administrators, made on the server.

There is no account before this and no default password ever.  What is missing is made and
nothing else, so the same act also helps a house that lost one of the three.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext as _

from . import duties, lockout, passwords, stay
from .login import plain
from .models import Kind, Level, LoggedOut, LogIn, Organisation, Person, Seat
from .record import Pen, house_founded, recording
from .refusals import Refused

THREE = ("system_admin", "security_admin", "audit_admin")


@dataclass(frozen=True)
class Named:
    """A person as she is named on the server: name and phone number."""

    name: str
    phone: str


def committee(name: str, short: str, level: str) -> Organisation:
    """The committee of this name; made when there is none."""
    found = Organisation.objects.filter(kind=Kind.COMMITTEE, name=name).first()
    if found is None:
        found = Organisation(kind=Kind.COMMITTEE, name=name, short_name=short, level=Level(level))
        with recording():
            found.save()
            house_founded.send(sender=None, committee=found)
    return found


def missing(house: Organisation, at: datetime) -> list[str]:
    """Which of the three nobody carries who can log in."""
    day = timezone.localdate(at)
    held = Seat.objects.held_on(day).filter(organisation=house, person__is_active=True)
    carried = set(held.values_list("duty", flat=True))
    return [duty for duty in THREE if duty not in carried]


def seat(house: Organisation, duty: str, named: Named, at: datetime) -> tuple[Person, str]:
    """Give `duty` to somebody; says who, and the one-time password she comes in with.

    Raises:
        Refused: the name does not fit the phone number, or she carries another duty.
    """
    day, pen = timezone.localdate(at), Pen(None, at, str(_("服务器命令")))
    phone = plain(named.phone)
    if not phone.isdigit():
        raise Refused(_("手机号应当全是数字。"))
    person = Person.objects.filter(phone=phone).first() or Person(name=named.name, phone=phone)
    if person.name != named.name:
        raise Refused(_("这个手机号已经登记给%(name)s。") % {"name": person.name})
    if person.pk and Seat.objects.standing(day).filter(person=person).exclude(duty=duty).exists():
        raise Refused(
            _("%(name)s已有别的职务，不能担任%(duty)s。请另外指定一人。")
            % {"name": person.name, "duty": duties.LABELS[duty]}
        )
    with recording():
        person.is_active = True
        person.save()
        made = Seat(
            person=person, organisation=house, duty=duty, since=day, confirmed_at=at,
            start_document=str(_("服务器上设立")),
        )  # fmt: skip
        made.save()
        pen.note("founded", made, duty=duty)
        return person, again(person, at)


def again(person: Person, at: datetime) -> str:
    """A new one-time password for an administrator who lost hers, and her second step with it."""
    pen, password = Pen(None, at, str(_("服务器命令"))), passwords.one_time_password()
    with recording():
        passwords.set_one_time(person, password, at)
        Authenticator.objects.filter(user=person).delete()
        lockout.lift(person.pk)
        stay.end(
            LogIn.objects.filter(person=person), LoggedOut.PASSWORD,
            by=None, at=at, acting_as=pen.acting_as,
        )  # fmt: skip
        pen.note("one_time_password", person)
    return password
