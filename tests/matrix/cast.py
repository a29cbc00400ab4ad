"""Everybody who may knock at a door, and who is who around one paper.

The words are those of the policy, as a clerk reads them; each names the accounts it means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shangliang.people.models import Person
from tests import world as county
from tests.world import World, body, seated

PUBLIC = "公众"  # nobody is logged in

# The accounts, by the short names of tests/world.py and of `gather` below.
ADMINISTRATORS = ("sys", "sec", "aud")
MEMBERS = ("lin", "zhou", "shen", "luo", "jiang", "gao_xiang", "su")
PLAIN_MEMBERS = ("zhou", "shen", "luo", "jiang", "su")
UNITS = ("gao", "liang", "qian")
STAFF = ("chen", "fang", "he", "tang", "wu")
STRANGERS = ("passer", "gone", "far", "far_office")
SEATED = (*MEMBERS, *UNITS, *STAFF, "far", "far_office")
BUSINESS = (*MEMBERS, *UNITS, *STAFF, *STRANGERS)
CLOSED = "closed_account"
EVERYBODY = (*BUSINESS, *ADMINISTRATORS, CLOSED, PUBLIC)

# Words that mean the same accounts whatever paper it is about.
ALWAYS: dict[str, tuple[str, ...]] = {
    "任何人": EVERYBODY,
    "没有登录的人": (PUBLIC, CLOSED),
    "登录的人": (*BUSINESS, *ADMINISTRATORS),
    "业务账号": BUSINESS,
    "有职务的人": SEATED,
    "委员": MEMBERS,
    "召集人": ("gao_xiang",),
    "提案办": ("chen", "fang"),
    "提案委": ("he",),
    "督查室": ("tang",),
    "政协领导": ("wu",),
    "其他单位": ("qian",),
    "主办单位的人": ("gao", "liang"),
    "外人": STRANGERS,
    "外县提案办": ("far_office",),
    "外县委员": ("far",),
    "三员": ADMINISTRATORS,
    "系统管理员": ("sys",),
    "安全管理员": ("sec",),
    "审计管理员": ("aud",),
    "林晓本人": ("lin",),
    "陈立本人": ("chen",),
    "高远本人": ("gao",),
    "没有人": (),
}

# Words that mean somebody else around each paper.
ROLES = (
    "第一提案人", "联名提案人", "受邀联名人", "婉拒联名人", "代录人", "界别委员",
    "主办单位经办人", "主办单位负责人",
)  # fmt: skip
TOGETHER = {
    "提案人": ("第一提案人", "联名提案人"),
    "主办单位": ("主办单位经办人", "主办单位负责人"),
}


@dataclass(frozen=True)
class Around:
    """Who is who around one paper."""

    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def accounts(self, word: str) -> frozenset[str]:
        """The accounts a word of the policy means here."""
        if word in TOGETHER:
            return frozenset().union(*(self.accounts(part) for part in TOGETHER[word]))
        if word in ROLES:
            return frozenset(self.roles.get(word, ()))
        return frozenset(ALWAYS[word])

    def uninvolved(self) -> list[str]:
        """Plain members who play no part in the paper: the policy has no word that means one of
        them and not the others."""
        players = {account for accounts in self.roles.values() for account in accounts}
        return [account for account in PLAIN_MEMBERS if account not in players]


def is_known(word: str) -> bool:
    return word in ALWAYS or word in TOGETHER or word in ROLES


def gather() -> World:
    """The county of tests/world.py with those who only look on, left, or belong elsewhere."""
    world = county.build()
    home = world.county
    seated(world, "shen", "沈兰", "13800000021", ("member", home))
    seated(world, "luo", "罗宁", "13800000022", ("member", home))
    seated(world, "jiang", "江涛", "13800000023", ("member", home))
    seated(world, "su", "苏蕾", "13800000024", ("member", world.sector))
    seated(world, "fang", "方芳", "13800000025", ("proposal_office", world.proposal_office))
    seated(world, "gone", "宫远", "13800000026", ("proposal_office", world.proposal_office))
    world.gone.seats.update(until=date(2025, 12, 31))
    seated(world, CLOSED, "封存", "13800000027", ("proposal_office", world.proposal_office))
    Person.objects.filter(pk=world.people[CLOSED].pk).update(is_active=False)
    # The unit an assignment plan names is known by nothing else, so its name tells.
    world.traffic = body(home, "unit", "云岭县交通运输局", "县交通局")
    return world


def person(world: World, key: str) -> Any:
    return None if key == PUBLIC else world.people[key]
