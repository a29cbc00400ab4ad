"""The duties (职务) a seat can carry, named as the charter and the regulations name them."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "member": _("委员"),
    "standing_member": _("常务委员"),
    "chair": _("主席"),
    "vice_chair": _("副主席"),
    "secretary_general": _("秘书长"),
    "office_director": _("办公室主任"),
    "committee_director": _("专委会主任"),
    "committee_deputy": _("专委会副主任"),
    "committee_member": _("专委会委员"),
    "convener": _("召集人"),
    "proposal_office": _("提案办工作人员"),
    "proposal_committee": _("提案委审定人员"),
    "supervision": _("督查室工作人员"),
    "unit_clerk": _("承办单位经办人"),
    "unit_leader": _("承办单位负责人"),
    "organ_leader": _("政协领导"),
    "system_admin": _("系统管理员"),
    "security_admin": _("安全管理员"),
    "audit_admin": _("审计管理员"),
}

# 三员: they set up the house and see no business content.
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})

# Those who sit in the committee itself, as opposed to the units that answer it.
MEMBERS = frozenset({"member", "standing_member", "chair", "vice_chair", "secretary_general"})
ORGAN = frozenset(
    {
        "proposal_office",
        "proposal_committee",
        "office_director",
        "organ_leader",
        "secretary_general",
    }
)
UNITS = frozenset({"unit_clerk", "unit_leader"})
# Who belongs to a body without acting for it: the sector's draft is its convener's to show.
BELONGING = MEMBERS | {"committee_member"}

# Where each duty can be carried.
_COMMITTEE = frozenset({"committee"})
PLACES = {
    "member": frozenset({"committee", "sector", "group", "liaison_group"}),
    "standing_member": _COMMITTEE,
    "chair": _COMMITTEE,
    "vice_chair": _COMMITTEE,
    "secretary_general": _COMMITTEE,
    "office_director": frozenset({"committee", "office"}),
    "committee_director": frozenset({"special_committee"}),
    "committee_deputy": frozenset({"special_committee"}),
    "committee_member": frozenset({"special_committee"}),
    # Parties, people's organisations and special committees submit proposals too.
    "convener": frozenset(
        {"sector", "group", "liaison_group", "party", "people_org", "special_committee"}
    ),
    "proposal_office": frozenset({"office", "committee"}),
    "proposal_committee": frozenset({"committee", "special_committee"}),
    "supervision": frozenset({"supervision_office"}),
    "unit_clerk": frozenset({"unit"}),
    "unit_leader": frozenset({"unit"}),
    "organ_leader": _COMMITTEE,
    "system_admin": _COMMITTEE,
    "security_admin": _COMMITTEE,
    "audit_admin": _COMMITTEE,
}

# Whoever works for the organ or a unit, besides sitting in the committee or not.
STAFF = (ORGAN | UNITS | {"supervision"}) - MEMBERS
