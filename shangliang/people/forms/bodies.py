"""Forms for bodies, terms and sessions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shangliang.ui.forms import Day

from ..models import Kind, Organisation, Session, Term
from ..sectors import national
from .edited import BodyField, EditedForm, choices, offer

# What each kind of body has to say about itself, besides its names.
SAYS = {
    Kind.COMMITTEE: ("level", "contact"),
    Kind.SECTOR: ("national_code",),
    Kind.SUPERVISION_OFFICE: ("side", "contact"),
    Kind.UNIT: ("side", "duties_text", "contact"),
    Kind.OFFICE: ("duties_text", "contact"),
    Kind.SPECIAL_COMMITTEE: ("duties_text", "contact"),
}
HINTS = {
    "short_name": _("列表和通知里用，例如“县住建局”。"),
    "duties_text": _("照抄法定职责，交办时系统据此推荐承办单位。"),
    "side": _("例如党委、政府、法院、检察院、群团。"),
    "national_code": _("本地界别可以和全国界别名称不同，这里写明它对应哪一个，便于汇总。"),
    "since": _("不清楚可以不填。"),
    "parent": _("镇街联络组、委员小组等可以放在专门委员会之下。"),
}


class BodyForm(EditedForm):
    """One body; which fields it has depends on its kind."""

    national_code = forms.TypedChoiceField(
        label=_("对应全国界别"), required=False, coerce=int, empty_value=None
    )
    parent = BodyField(label=_("上级"), empty_label=None)

    class Meta:
        model = Organisation
        fields = ("name", "short_name", "parent", "level", "side", "national_code",
                  "duties_text", "contact", "since")  # fmt: skip
        widgets = {"since": Day}
        help_texts = HINTS

    def __init__(self, *args: Any, committee: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"committee": committee}
        kind = self.instance.kind
        for name in {"level", "side", "national_code", "duties_text", "contact"}:
            if name not in SAYS.get(Kind(kind), ()):
                del self.fields[name]
        if kind == Kind.COMMITTEE:
            del self.fields["parent"]
        else:
            house = Organisation.objects.of(committee).exclude(kind=Kind.UNIT)
            offer(self, "parent", house.exclude(pk=self.instance.pk))
            self.fields["parent"].initial = self.instance.parent_id or committee.pk
        if "national_code" in self.fields:
            numbered = [(each.number, f"{each.number} {each.name}") for each in national()]
            choices(self, "national_code", [("", _("没有对应的")), *numbered])
            self.fields["national_code"].help_text = HINTS["national_code"]

    def clean_name(self) -> str:
        name = "".join(str(self.cleaned_data["name"]).split())
        alike = Organisation.objects.filter(
            committee=self.instance.committee_id, kind=self.instance.kind, name=name
        )
        if alike.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("已经有同名的了。撤销过的也算，请加上年份或区别的字。"))
        return name

    def clean_parent(self) -> Organisation:
        parent: Organisation = self.cleaned_data["parent"]
        above: Organisation | None = parent
        while above and above.pk != above.committee_id:
            if above.pk == self.instance.pk:
                raise ValidationError(_("上级不能是它自己的下级。"))
            above = above.parent
        return parent


class EndBodyForm(forms.Form):
    """A body is abolished or merged into another."""

    until = forms.DateField(label=_("最后一天"), widget=Day)
    document = forms.CharField(label=_("依据文件"), max_length=200)
    successor = BodyField(
        label=_("职责由谁承接"), required=False, empty_label=_("没有承接单位"),
        help_text=_("合并、更名的，选新的单位；承接单位要先建好。"),
    )  # fmt: skip
    carry = forms.BooleanField(
        label=_("在任人员转到承接单位，职务不变"), required=False,
        help_text=_("新职务从次日开始，要经安全管理员确认。"),
    )  # fmt: skip

    def __init__(self, *args: Any, body: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        house = Organisation.objects.of(body.committee or body).filter(kind=body.kind)
        offer(self, "successor", house.filter(until=None).exclude(pk=body.pk))

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if self.body.since and until < self.body.since:
            raise ValidationError(_("最后一天不能早于设立日期。"))
        return until

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("carry") and not said.get("successor"):
            self.add_error("successor", _("人员要转到承接单位，请选定是哪一个。"))
        return said


def counted_once(form: EditedForm, among: dict[str, Any]) -> int:
    """A term or a session has a number of its own."""
    number: int = form.cleaned_data["number"]
    if number < 1:
        raise ValidationError(_("请填 1 以上的数字。"))
    twins = type(form.instance)._default_manager.filter(number=number, **among)
    if twins.exclude(pk=form.instance.pk).exists():
        raise ValidationError(_("这个序号已经有了。"))
    return number


class TermForm(EditedForm):
    class Meta:
        model = Term
        fields = ("number", "since", "until")
        widgets = {"since": Day, "until": Day}
        labels = {"number": _("第几届")}
        help_texts = {"until": _("还在任期内的，可以不填。")}

    def clean_number(self) -> int:
        return counted_once(self, {"organisation": self.instance.organisation})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("until") and said.get("since") and said["until"] < said["since"]:
            self.add_error("until", _("结束日期不能早于开始日期。"))
        return said


class SessionForm(EditedForm):
    class Meta:
        model = Session
        fields = ("number", "opens_on", "closes_on", "cutoff_at")
        labels = {"number": _("第几次会议")}
        widgets = {
            "opens_on": Day, "closes_on": Day,
            "cutoff_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }  # fmt: skip
        help_texts = {"cutoff_at": _("此后提交的算平时提案。")}

    def clean_number(self) -> int:
        return counted_once(self, {"term": self.instance.term})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("opens_on") and said.get("closes_on") and said["closes_on"] < said["opens_on"]:
            self.add_error("closes_on", _("闭幕日期不能早于开幕日期。"))
        return said
