"""Forms for people, their accounts and their seats."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shangliang.ui.forms import Day

from .. import duties
from ..login import plain
from ..models import Ended, Organisation, Person, Seat
from .edited import BodyField, EditedForm, choices, offer


class PersonForm(EditedForm):
    """Who somebody is, and how to reach her."""

    class Meta:
        model = Person
        fields = ("name", "phone", "email", "work_place")
        help_texts = {
            "phone": _("登录用。没有手机号的，只能用姓名登录；有同名的必须填。"),
            "email": _("找回密码和每日提醒用。"),
        }

    def clean_name(self) -> str:
        return "".join(str(self.cleaned_data["name"]).split())

    def clean_phone(self) -> str | None:
        phone = plain(self.cleaned_data.get("phone") or "")
        if not phone:
            return None
        if not phone.isdigit() or not 7 <= len(phone) <= 15:
            raise ValidationError(_("手机号应当全是数字，例如 13800000000。"))
        taken = Person.objects.filter(phone=phone).exclude(pk=self.instance.pk).first()
        if taken:
            raise ValidationError(_("这个手机号已经登记在另一个账号上，请先核对。"))
        return phone


def duties_offered(*, administrators: bool = True) -> list[tuple[str, Any]]:
    return [("", ""), *[(code, label) for code, label in duties.LABELS.items()
            if administrators or code not in duties.ADMINISTRATORS]]  # fmt: skip


class SeatForm(forms.ModelForm):
    """A duty somebody is to carry, with the paper that gives it."""

    organisation = BodyField(label=_("机构"), empty_label="")
    duty = forms.ChoiceField(label=_("职务"))

    class Meta:
        model = Seat
        fields = ("organisation", "duty", "title", "since", "start_document", "decided_by")
        widgets = {"since": Day}
        help_texts = {
            "title": _("名片上的写法和上面的职务不同时才填，例如“提案委主任”。"),
            "start_document": _("文件名称和文号。"),
            "decided_by": _("例如“县政协五届二十次常委会会议”。"),
        }

    def __init__(self, *args: Any, committee: Organisation, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", Organisation.objects.of(committee).active(day))
        choices(self, "duty", duties_offered())
        for name in ("start_document", "decided_by"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        body, duty = said.get("organisation"), said.get("duty")
        if body and duty and body.kind not in duties.PLACES[duty]:
            label = duties.LABELS[duty]
            words = _("%(body)s没有“%(duty)s”这个职务，请重新选择机构或职务。")
            self.add_error("duty", words % {"body": body, "duty": label})
        return said


class EndSeatForm(forms.Form):
    """The last day of a seat, and why."""

    how = forms.ChoiceField(
        label=_("离任原因"),
        choices=[(Ended.RESIGNED, _("辞去")), (Ended.REMOVED, _("撤销")),
                 (Ended.TRANSFERRED, _("调整")), (Ended.TERM, _("任期届满")),
                 (Ended.DIED, _("去世"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    until = forms.DateField(label=_("最后一天"), widget=Day)
    document = forms.CharField(
        label=_("依据文件"), max_length=200, required=False,
        help_text=_("去世的可以不填，其他情形写明文件名称和文号。"),
    )  # fmt: skip
    decided_by = forms.CharField(
        label=_("决定机构及会议"), max_length=120, required=False,
        help_text=_("例如“县政协五届二十一次常委会会议”。去世的可以不填。"),
    )  # fmt: skip
    moves_to = BodyField(
        label=_("调整到"), required=False, empty_label="",
        help_text=_("只在调整时填：同一职务从次日起转到这里，要经安全管理员确认。"),
    )  # fmt: skip
    everything = forms.BooleanField(label=_("他在本会的其他任职也在同一天结束"), required=False)
    close_account = forms.BooleanField(
        label=_("同时停用账号"), required=False,
        help_text=_("停用以后不能登录，办过的事和署名都保留。"),
    )  # fmt: skip

    def __init__(self, *args: Any, seat: Seat, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat = seat
        house = Organisation.objects.of(seat.organisation.committee or seat.organisation)
        allowed = house.filter(kind__in=duties.PLACES[seat.duty]).active(day)
        offer(self, "moves_to", allowed.exclude(pk=seat.organisation_id))

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.seat.since:
            raise ValidationError(_("最后一天不能早于任职日期。"))
        return until

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        how = said.get("how")
        if how and how != Ended.DIED:
            for name, words in (
                ("document", _("请写明依据文件。")),
                ("decided_by", _("请写明由哪个机构、哪次会议决定。")),
            ):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        if how == Ended.DIED:
            said["everything"] = said["close_account"] = True
        if how == Ended.TRANSFERRED and not said.get("moves_to"):
            self.add_error("moves_to", _("请选定调整到哪里；不再任职的，请选“辞去”或“撤销”。"))
        if how and how != Ended.TRANSFERRED and said.get("moves_to"):
            self.add_error("moves_to", _("只有“调整”才需要选。"))
        return said


class WhyForm(forms.Form):
    """The reason for sending something back."""

    why = forms.CharField(
        label=_("退回理由"), max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("提出的人会看到。请写明要补什么。"),
    )  # fmt: skip


class FindForm(forms.Form):
    """Finding people in the set-up list."""

    STATES = [
        ("", _("全部")), ("waiting", _("等候确认")), ("active", _("可以登录")),
        ("never", _("还没有登录过")), ("idle", _("90 天没有登录")), ("closed", _("已停用")),
    ]  # fmt: skip

    name = forms.CharField(label=_("姓名或手机号"), max_length=40, required=False)
    body = BodyField(label=_("机构"), required=False, empty_label=_("全部"))
    duty = forms.ChoiceField(label=_("职务"), required=False)
    state = forms.ChoiceField(label=_("账号"), choices=STATES, required=False)

    def __init__(self, *args: Any, committee: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "body", Organisation.objects.of(committee))
        choices(self, "duty", [("", _("全部")), *duties_offered()[1:]])
