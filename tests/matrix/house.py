"""The doors that belong to no paper: desks, lists, set-up, log-in; and the neighbour's things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from shangliang.analysis.workdays import SpecialDay
from shangliang.matters import calendar_notices, drafts, local
from shangliang.matters.models import CalendarNotice, Code, ImportBatch, NamedNumber
from shangliang.people.models import LogIn, Organisation, Person, Seat, Term
from tests.world import SPRING

from .doors import FORMS, Body, Door
from .situations import County

UNSENT = "草稿箱暗记9901处"  # what Lin Xiao has typed and not sent


def furnish(county: County) -> None:
    """One of everything that has a page of its own, here and in the neighbouring county."""
    w = county.world
    drafts.save(w.lin, "proposals.write:new", {"title": UNSENT}, at=SPRING, title=UNSENT)
    calendar_notices.propose(
        year=2031, title="关于2031年部分节假日安排的通知", issued_on=date(2026, 3, 1), settles=False,
        days=[SpecialDay(date(2031, 10, 1), "国庆节", False)], by=w.sys, at=SPRING,
    )  # fmt: skip
    w.newcomer = Person.objects.create_user("新人", None, phone="13800000031", is_active=False)
    Seat.objects.create(
        person=w.newcomer, organisation=w.county, duty="member", since=date(2026, 3, 1),
        proposed_by=w.sys,
    )  # fmt: skip
    w.far_sector = Organisation(kind="sector", name="教育界", committee=w.other, parent=w.other)
    w.far_sector.save()
    w.far_term = Term.objects.create(organisation=w.other, number=5, since=date(2022, 1, 10))
    for home, name in ((w.county, "名册.csv"), (w.other, "邻县名册.csv")):
        ImportBatch.objects.create(
            organisation=home, kind="roster", name=name, digest=name, source="姓名\n某人\n".encode(),
            brought_at=SPRING,
        )  # fmt: skip
        key = next(iter(local.defaults()))
        NamedNumber.objects.get_or_create(
            organisation=home, key=key, term=None, defaults={"value": "2 mo"}
        )


PLAIN = (
    "home", "search", "notices", "notices_read", "proposals:index", "proposals:published",
    "proposals:new", "proposals:look_over", "proposals:assignment", "proposals:sign_many",
    "shorter", "drafts", "calendar", "calendar_enter", "mine", "my_look", "my_address",
    "my_log_ins", "my_log_ins_end", "setup", "setup_bodies", "setup_terms", "setup_term_add",
    "setup_people", "setup_person_add", "setup_slips", "setup_slips_draw", "setup_decisions",
    "setup_log_ins", "setup_numbers", "setup_codes", "setup_templates", "setup_journal",
    "setup_verify", "roster", "roster_export", "ui:appearance", "account_login", "account_logout",
    "account_inactive", "account_reauthenticate", "account_change_password",
    "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done", "mfa_index", "mfa_authenticate",
    "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
)  # fmt: skip


def of_house(county: County) -> Iterator[Door]:
    for name in PLAIN:
        yield Door(name, name)
    yield Door("ui:stylesheet", "ui:stylesheet", {"fingerprint": "old"})
    token = {"uidb36": "1", "key": "no-such-key"}
    yield Door("account_reset_password_from_key", "account_reset_password_from_key", token)
    for name in ("draft", "draft_discard", "draft_choose", "draft_settle"):
        yield Door(name, name, {"form": "proposals.write:new"})
    yield from _set_up(county)
    yield from _neighbours(county)


def _set_up(county: County) -> Iterator[Door]:
    w = county.world
    notice = CalendarNotice.objects.get(year=2031)
    for name in ("calendar_notice", "calendar_confirm", "calendar_discard"):
        yield Door(name, name, {"pk": notice.pk})
    lin, seat = {"pk": w.lin.pk}, Seat.objects.filter(person=w.zhou).first()
    for name in ("setup_person", "setup_person_edit", "setup_seat_add", "setup_slip", "setup_mail"):
        yield Door(name, name, lin)
    yield Door("setup_person_act", "setup_person_act", lin | {"what": "lift"})
    yield Door("setup_seat_end", "setup_seat_end", {"pk": seat.pk if seat else 0})
    yield Door("setup_body_add", "setup_body_add", {"kind": "unit"})
    for name in ("setup_body", "setup_body_end"):
        yield Door(name, name, {"pk": w.finance.pk})
    yield Door("setup_term", "setup_term", {"pk": w.term.pk})
    yield Door("setup_session_add", "setup_session_add", {"term": w.term.pk})
    yield Door("setup_session", "setup_session", {"pk": w.session.pk})
    yield Door("setup_decision", "setup_decision", {"pk": w.newcomer.pk})
    number = NamedNumber.objects.filter(organisation=w.county).earliest("pk")
    yield Door("setup_number", "setup_number", {"key": number.key})
    yield Door("setup_number_reset", "setup_number_reset", {"pk": number.pk})
    yield Door("setup_code_add", "setup_code_add", {"table": "category"})
    code = Code.objects.filter(organisation=w.county, table="category").earliest("pk")
    yield Door("setup_code", "setup_code", {"pk": code.pk})
    for name in ("setup_template", "setup_template_file", "setup_template_reset"):
        yield Door(name, name, {"kind": "reply"})
    yield Door("roster_template", "roster_template", {"name": "members"})
    batch = ImportBatch.objects.get(name="名册.csv")
    for name in ("roster_batch", "roster_apply", "roster_undo", "roster_discard", "roster_report"):
        yield Door(name, name, {"pk": batch.pk})
    log_in = LogIn.objects.filter(person=w.lin).earliest("pk")
    yield Door("my_log_in_end", "my_log_in_end", {"pk": log_in.pk})


def _neighbours(county: County) -> Iterator[Door]:
    """The same doors with the numbers of another county's things: nobody's here."""
    w = county.world
    far, seat = {"pk": w.far.pk}, Seat.objects.get(person=w.far)
    for name in ("setup_person", "setup_person_edit", "setup_seat_add", "setup_slip", "setup_mail"):
        yield Door(f"{name}:外县", name, far)
    yield Door("setup_person_act:外县", "setup_person_act", far | {"what": "close"})
    yield Door("setup_seat_end:外县", "setup_seat_end", {"pk": seat.pk})
    yield Door("setup_decision:外县", "setup_decision", far)
    for name in ("setup_body", "setup_body_end"):
        yield Door(f"{name}:外县", name, {"pk": w.far_sector.pk})
    yield Door("setup_term:外县", "setup_term", {"pk": w.far_term.pk})
    yield Door("setup_session_add:外县", "setup_session_add", {"term": w.far_term.pk})
    number = NamedNumber.objects.filter(organisation=w.other).earliest("pk")
    yield Door("setup_number_reset:外县", "setup_number_reset", {"pk": number.pk})
    code = Code.objects.filter(organisation=w.other, table="category").earliest("pk")
    yield Door("setup_code:外县", "setup_code", {"pk": code.pk})
    batch = ImportBatch.objects.get(name="邻县名册.csv")
    for name in ("roster_batch", "roster_apply", "roster_undo", "roster_discard", "roster_report"):
        yield Door(f"{name}:外县", name, {"pk": batch.pk})


def _said(**fields: Any) -> Body:
    return lambda county, door, account: fields


def _sign_many(county: County, door: Door, account: str) -> dict[str, Any]:
    chosen = [county.papers["待签收"].proposal.pk]
    return {"proposal": chosen, "handler": "高远", "leader_in_charge": "梁静"}


def _notice(county: County, door: Door, account: str) -> dict[str, Any]:
    return {
        "step": "propose", "title": "关于2032年部分节假日安排的通知", "issued_on": "2026-03-02",
        "year": 2032, "table": "2032-10-01,国庆节,休", "text": "",
    }  # fmt: skip


def _roster(county: County, door: Door, account: str) -> dict[str, Any]:
    return {
        "file": lambda: SimpleUploadedFile("名册.csv", "姓名,手机号\n某人,13900000001\n".encode())
    }


FORMS |= {
    "proposals:sign_many": _sign_many,
    "calendar_enter": _notice,
    "calendar_discard": _said(note="录错了年份。"),
    "setup_person_add": _said(name="新来的", phone="13900000002", **{"seat-duty": "member"}),
    "setup_body_add": _said(name="云岭县水利局", short_name="县水利局", level="county", version=0),
    "setup_body": _said(name="改了名字", version=1),
    "setup_body_end": _said(until="2026-03-01", document="文件", step="confirm"),
    "setup_term_add": _said(number=6, since="2027-01-10"),
    "setup_term": _said(number=5, since="2022-01-11", version=1),
    "setup_session_add": _said(number=6, opens_on="2027-01-10", closes_on="2027-01-13"),
    "setup_session": _said(number=5, opens_on="2026-01-19", closes_on="2026-01-23", version=1),
    "setup_person_edit": _said(name="林晓晓", phone="13800000001", version=1),
    "setup_seat_add": _said(duty="member", since="2026-03-01"),
    "setup_seat_end": _said(how="resigned", until="2026-03-02", document="文件", step="confirm"),
    "setup_decisions": _said(all="1"),
    "setup_decision": _said(act="confirm"),
    "setup_number": _said(value="2 mo", law="", version=1),
    "setup_code_add": _said(code="new", label="新的类别", order=9),
    "setup_code": _said(code="economic", label="改了的类别", order=1, active="on", version=1),
    "setup_template": _roster,
    "roster": _roster,
    "my_look": _said(language="zh-hans", elder="1", theme="dark"),
    "my_address": _said(email="lin@example.org", password="x"),
    "ui:appearance": _said(theme="dark"),
    "draft_settle": _said(keep="mine"),
    "draft_choose": _said(keep="mine"),
}  # fmt: skip
