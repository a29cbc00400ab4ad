"""Accounts: proposed by one administrator, opened by another, closed at once.

Nobody but an administrator herself touches her password, address or phone number: whoever could,
would hold two of the three keys.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from . import lockout, passwords, stay
from .models import AccountRequest, LoggedOut, LogIn, Organisation, Person, Seat
from .record import Pen, recording
from .refusals import Refused
from .resetting import tell_of_change

What = AccountRequest.What


def is_administrator(person: Person, pen: Pen) -> bool:
    standing = Seat.objects.standing(timezone.localdate(pen.at)).filter(person=person)
    return standing.of_administrators().exists()


def leave_administrators_alone(person: Person, pen: Pen) -> None:
    if person != pen.by and is_administrator(person, pen):
        raise Refused(
            _("%(name)s是管理员，他的资料和密码只能由本人更改。忘记密码的，请在服务器上重新设立。")
            % {"name": person.name}
        )


def propose(person: Person, committee: Organisation, pen: Pen) -> None:
    """A new person with an account nobody can use until another administrator opens it."""
    person.is_active, person.must_change_password = False, True
    person.set_unusable_password()
    with recording():
        person.save(force_insert=True)
        pen.note("person_added", person)
        ask(What.OPEN, person, committee, pen)


def ask(
    what: str, person: Person, committee: Organisation, pen: Pen, seat: Seat | None = None,
    **data: Any,
) -> AccountRequest:  # fmt: skip
    """Put something before the security administrator."""
    waiting = AccountRequest.objects.filter(what=what, person=person, seat=seat, decided_at=None)
    with recording():
        if waiting.exists():
            raise Refused(_("同样的申请正在等候处理。"))
        request = AccountRequest.objects.create(
            committee=committee, what=what, person=person, seat=seat, data=data,
            asked_by=pen.by, asked_at=pen.at,
        )  # fmt: skip
        pen.note("account_asked", request, what=what)
    return request


def close(person: Person, committee: Organisation, pen: Pen) -> bool:
    """Close an account and end its log-ins; an administrator's needs a second hand.

    Says whether it was done at once.
    """
    if person == pen.by:
        raise Refused(_("不能停用自己的账号。"))
    if is_administrator(person, pen):
        ask(What.CLOSE, person, committee, pen)
        return False
    shut(person, pen)
    return True


def shut(person: Person, pen: Pen) -> None:
    """No more log-ins, from this moment on."""
    with recording():
        Person.objects.filter(pk=person.pk).update(is_active=False)
        stay.end(
            LogIn.objects.filter(person=person), LoggedOut.CLOSED,
            by=pen.by, at=pen.at, acting_as=pen.acting_as,
        )  # fmt: skip
        pen.note("account_closed", person)


def why_no_slip(person: Person, pen: Pen) -> str:
    """What must happen before this person can be given a one-time password; "" for nothing."""
    if not person.is_active:
        return _("账号还没有开通，或者已经停用。")
    held = Seat.objects.standing(timezone.localdate(pen.at)).filter(person=person)
    if not held.filter(confirmed_at__isnull=False).exists():
        return _("他的任职还没有经安全管理员确认。")
    return ""


def draw_slip(person: Person, password: str, pen: Pen) -> None:
    """Replace a password with one that is good once; every log-in under the old one ends."""
    leave_administrators_alone(person, pen)
    if person == pen.by:
        raise Refused(_("自己的密码请在“我的”页面更换。"))
    if why := why_no_slip(person, pen):
        raise Refused(why)
    passwords.set_one_time(person, password, pen.at)
    with recording():
        lockout.lift(person.pk)
        stay.end(
            LogIn.objects.filter(person=person), LoggedOut.PASSWORD,
            by=pen.by, at=pen.at, acting_as=pen.acting_as,
        )  # fmt: skip
        pen.note("one_time_password", person)
        tell_of_change(person, gettext_noop("系统管理员为您生成了一次性密码，原来的密码不再有效。"))


def lift_lock(person: Person, pen: Pen) -> None:
    with recording():
        lockout.lift(person.pk)
        pen.note("lock_lifted", person)


def remove_second_step(person: Person, pen: Pen) -> None:
    """A lost phone: the password alone is enough again, until she sets up a new one."""
    with recording():
        Authenticator.objects.filter(user=person).delete()
        pen.note("second_step_off", person)
        tell_of_change(person, gettext_noop("您的两步验证已由管理员关闭。"))
