"""The forms of the room: each collects what one row of the table needs, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shangliang.matters import local, versions
from shangliang.people.models import Organisation, Person
from shangliang.people.pinyin import sort_key
from shangliang.ui.forms import Cards, Day, offer, offer_rows
from shangliang.ui.numerals import spoken

from .actions import TEXTS
from .models import Ask, Filing, Kind, Satisfaction

# Which kind of proposal a convener of a body of this kind submits for it.
COLLECTIVE = {
    "sector": Kind.SECTOR,
    "group": Kind.GROUP,
    "liaison_group": Kind.GROUP,
    "party": Kind.PARTY,
    "people_org": Kind.ORGANISATION,
    "special_committee": Kind.SPECIAL_COMMITTEE,
}


def choices(organisation: Any, table: str, empty: Any = "") -> list[tuple[str, Any]]:
    """A local code table as choices, an empty first line where one may leave it open."""
    first = [("", empty)] if empty else []
    return [*first, *((code.code, code.label) for code in local.codes(organisation, table))]


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WriteForm(forms.Form):
    """The text of a proposal; what is missing is said by the check, not refused by the field."""

    expected = ("title", "situation", "analysis", "may_publish", "not_secret")

    capacity = forms.ChoiceField(label=_("以什么名义提出"))
    title = forms.CharField(
        label=_("案由"),
        max_length=200,
        required=False,
        help_text=_("写成“关于……的建议”，一件提案只说一件事。"),
    )
    situation = forms.CharField(
        label=_("情况"), required=False, widget=area(7),
        help_text=_("现状怎样，您看到了什么，有什么数据。"),
    )  # fmt: skip
    analysis = forms.CharField(
        label=_("分析"), required=False, widget=area(7), help_text=_("问题出在哪里，为什么。")
    )
    suggestion = forms.CharField(
        label=_("建议说明"), required=False, widget=area(3),
        help_text=_("要为上面的具体建议补充几句，可以写在这里；没有就不写。"),
    )  # fmt: skip
    lead_wish = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("您希望由谁主办"), required=False,
        help_text=_("仅供交办时参考。"),
    )  # fmt: skip
    research_basis = forms.CharField(
        label=_("调研基础"), max_length=300, required=False,
        help_text=_("例如：2025 年 9 月走访 6 个小区。"),
    )  # fmt: skip
    origin = forms.ChoiceField(label=_("来源"), required=False)
    contact_phone = forms.CharField(
        label=_("联系电话"), max_length=20, required=False,
        help_text=_("只有提案办和承办单位看得到。"),
    )  # fmt: skip
    is_oversight = forms.BooleanField(label=_("这是一件监督性提案"), required=False)
    may_publish = forms.BooleanField(label=_("同意向社会公开提案和答复"), required=False)
    not_secret = forms.BooleanField(label=_("我确认提案不涉及国家秘密和工作秘密"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, committee: Organisation, capacities: list[tuple[str, Any]], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        offer(self, "capacity", capacities)
        units = committee.bodies.filter(kind="unit", until=None).order_by("pinyin")
        offer_rows(self, "lead_wish", units, _("请提案办决定"))
        offer(self, "origin", choices(committee, "origin", _("不注明")))
        versions.carry_base(self, *TEXTS)


class AskLine(forms.Form):
    """One line of the list of asks; every line is called `ask`, so the order typed is the order."""

    expected = "*"

    ask = forms.CharField(label=_("建议"), required=False, widget=area(2))

    @classmethod
    def row(cls, number: int, text: str) -> forms.BoundField:
        return cls(initial={"ask": text}, auto_id=f"ask_{number}_%s")["ask"]


class People(forms.CheckboxSelectMultiple):
    """Members to tick, one fold for each sector; a fold with somebody ticked stands open."""

    template_name = "proposals/people.html"

    def get_context(self, *args: Any, **kw: Any) -> dict[str, Any]:
        context = super().get_context(*args, **kw)
        context["widget"]["folds"] = [
            {"name": name, "options": options, "open": any(each["selected"] for each in options)}
            for name, options, _index in context["widget"]["optgroups"]
        ]
        return context


class CosignForm(forms.Form):
    expected = "*"
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("邀请联名的委员"), required=False, widget=People,
    )  # fmt: skip

    def __init__(self, *args: Any, members: Any, sectors: Mapping[int, str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer_rows(self, "people", members)
        folds: dict[str, list[tuple[int, str]]] = {}
        for person in members:
            folds.setdefault(sectors.get(person.pk, str(_("其他委员"))), []).append(
                (person.pk, str(person))
            )
        offer(self, "people", sorted(folds.items(), key=lambda fold: sort_key(fold[0])))


class ReviewForm(forms.Form):
    """First review (初审): a proposed result, the category, the ground if it is negative."""

    expected = ("ground", "disposition")

    proposed = forms.ChoiceField(label=_("初审建议"), choices=Filing.Result, widget=Cards)
    category = forms.ChoiceField(label=_("提案类别"))
    ground = forms.ChoiceField(label=_("不予立案理由"), required=False)
    disposition = forms.ChoiceField(label=_("转办方式"), required=False)
    opinion = forms.CharField(label=_("审查意见"), required=False, widget=area(3))

    def __init__(self, *args: Any, organisation: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "category", choices(organisation, "category", _("请选择")))
        offer(self, "ground", choices(organisation, "not_filing_ground", _("无")))
        offer(self, "disposition", choices(organisation, "disposition", _("无")))


class DecideForm(ReviewForm):
    """Second review (复审): file it under a number, or refuse it for a ground."""

    proposed = forms.ChoiceField(label=_("复审决定"), choices=Filing.Result, widget=Cards)

    def clean(self) -> None:
        """A refusal names its ground, and where the paper goes instead."""
        if self.cleaned_data.get("proposed") != Filing.Result.NOT_FILE:
            return
        for name in ("ground", "disposition"):
            if not self.cleaned_data.get(name):
                label = self.fields[name].label
                self.add_error(name, gettext("请选择%(label)s。") % {"label": label})


class PlanForm(forms.Form):
    expected = "*"
    unit = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("主办单位"),
        help_text=_("选定后交督查室交办，交办前单位看不到。"),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        units = Organisation.objects.filter(committee=organisation, kind="unit", until=None)
        offer_rows(self, "unit", units.order_by("pinyin"), _("请选择"))


class SignForForm(forms.Form):
    handler = forms.CharField(label=_("经办人"), max_length=40)
    handler_phone = forms.CharField(label=_("经办人电话"), max_length=20, required=False)
    leader_in_charge = forms.CharField(label=_("分管负责人"), max_length=40)


class TalkForm(forms.Form):
    """A talk with the proposer (面商), as both will find it in the file."""

    expected = "*"

    held_on = forms.DateField(label=_("沟通日期"), widget=Day)
    form = forms.ChoiceField(label=_("沟通方式"))
    participants = forms.CharField(label=_("参加人员"), max_length=300)
    proposer_view = forms.CharField(label=_("提案人意见"), widget=area(3))

    def __init__(self, *args: Any, organisation: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "form", choices(organisation, "contact_form", _("请选择")))

    def data_for_move(self) -> dict[str, Any]:
        held: date | None = self.cleaned_data["held_on"]
        return self.cleaned_data | {"held_on": held.isoformat() if held else ""}


class ExtendForm(forms.Form):
    expected = "*"
    until = forms.DateField(label=_("延期后的答复日期"), widget=Day)
    note = forms.CharField(label=_("延期理由"), widget=area(3))

    def data_for_move(self) -> dict[str, Any]:
        until: date | None = self.cleaned_data["until"]
        return {"until": until.isoformat() if until else ""}


class ReplyForm(forms.Form):
    """The unit's reply: a frame around the answers, which stand one by one beside the asks."""

    expected: tuple[str, ...] = ("result", "publicity", "opening", "closing")

    result = forms.ChoiceField(label=_("办理结果"), widget=Cards, required=False)
    publicity = forms.ChoiceField(label=_("答复能否公开"), required=False)
    opening = forms.CharField(label=_("开头"), widget=area(3), required=False)
    closing = forms.CharField(label=_("结尾"), widget=area(2), required=False)
    contact = forms.CharField(label=_("联系人及电话"), max_length=80, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organisation: Any, asks: Sequence[Ask], **kw: Any) -> None:
        super().__init__(*args, **kw)
        for ask in asks:
            label = _("对第%(n)s项的答复") % {"n": spoken(ask.order)}
            self.fields[f"ask-{ask.pk}"] = forms.CharField(
                label=label, widget=area(5), required=False
            )
        self.expected = (*self.expected, *(f"ask-{ask.pk}" for ask in asks))
        classes = local.codes(organisation, "reply_class")
        offer(self, "result", [(c.code, c.label) for c in classes])
        cast(Cards, self.fields["result"].widget).hints = {c.code: c.meaning for c in classes}
        offer(self, "publicity", choices(organisation, "publicity", _("请选择")))

    def is_whole(self, asks: Sequence[Ask]) -> bool:
        """Whether it can go to be signed; what is missing is said beside its field."""
        for ask in asks:
            if not self.cleaned_data[f"ask-{ask.pk}"].strip():
                said = gettext("第%(n)s项建议还没有回应。") % {"n": spoken(ask.order)}
                self.add_error(f"ask-{ask.pk}", said)
        if not self.cleaned_data["result"]:
            self.add_error("result", gettext("请选择办理结果。"))
        if not self.cleaned_data["publicity"]:
            self.add_error("publicity", gettext("请选择答复能否公开。"))
        return self.is_valid()

    def write_on(self, version: int) -> None:
        """The same words again, over what was just saved."""
        data = cast(Any, self.data).copy()
        data["version"] = version
        self.data = data


RATED = [choice for choice in Satisfaction.choices if choice[0] != Satisfaction.NO_FEEDBACK]


class RateForm(forms.Form):
    """What the proposer thinks: of how she was treated, and of what came of it."""

    expected = ("attitude", "effect")

    attitude = forms.ChoiceField(label=_("办理态度"), choices=RATED, widget=Cards)
    effect = forms.ChoiceField(label=_("办理效果"), choices=RATED, widget=Cards)
    comment = forms.CharField(
        label=_("您的意见"), required=False, widget=area(4),
        help_text=_("承办单位看不到您的评议和意见，由提案委汇总使用。"),
    )  # fmt: skip
