"""The columns a roster may have, under the names people give them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from shangliang.analysis.columns import suggest_columns

# The first name of each is its own; pages say it in the language of their reader.
FIELDS: dict[str, tuple[str, ...]] = {
    "name": (_("姓名"), "委员姓名", "name"),
    "phone": (_("手机号"), "手机号码", "手机", "联系电话", "移动电话", "phone"),
    "email": (_("电子邮箱"), "邮箱", "email"),
    "work_place": (_("工作单位及职务"), "工作单位", "单位及职务"),
    "body": (_("机构"), "机构名称", "单位名称", "承办单位", "单位", "部门"),
    "kind": (_("机构类别"), "单位类别", "机构类型"),
    "short_name": (_("简称"), "单位简称"),
    "duties_text": (_("法定职责"), "主要职责", "职责"),
    "side": (_("所属系统"), "系统"),
    "contact": (_("机构联系方式"), "单位联系方式", "联系方式"),
    "national_code": (_("全国界别序号"), "对应全国界别"),
    "body_since": (_("设立日期"),),
    "body_until": (_("撤销日期"),),
    "sector": (_("界别"), "所属界别"),
    "special_committee": (_("专委会"), "专门委员会", "所属专委会"),
    "group": (_("委员小组"), "小组", "活动组"),
    "liaison_group": (_("镇街联络组"), "联络组"),
    "duty": (_("职务"), "政协职务", "担任职务"),
    "title": (_("职务名称"),),
    "since": (_("任职日期"), "任职时间", "开始日期"),
    "until": (_("离任日期"), "离任时间"),
    "ended_how": (_("离任原因"),),
    "start_document": (_("任职依据"), "任职文件"),
    "end_document": (_("离任依据"), "离任文件"),
    "decided_by": (_("决定机构及会议"), "决定机构"),
    "end_decided_by": (_("决定离任的机构及会议"),),
}
LABELS = {name: words[0] for name, words in FIELDS.items()}
# Columns of a wide roster, each naming a body its row's person belongs to.
MEMBERSHIPS = ("sector", "special_committee", "group", "liaison_group")
BODY_FACTS = ("short_name", "duties_text", "side", "contact", "national_code")
SEAT_FACTS = (
    "title",
    "until",
    "ended_how",
    "start_document",
    "end_document",
    "decided_by",
    "end_decided_by",
)


def suggest(header: Sequence[str]) -> dict[str, str]:
    """Which column is probably meant by which field."""
    return suggest_columns(header, FIELDS)
