"""Names for an invented county: drawn from a seed, each person's her own."""

from __future__ import annotations

import random

TOWNS = [
    "栖云镇",
    "听泉镇",
    "落霞街道",
    "青梧镇",
    "白鹭街道",
    "望舒乡",
    "归鹤镇",
    "月牙乡",
    "晴川街道",
    "竹笙镇",
    "稻香镇",
    "南枝乡",
    "北斗镇",
    "回澜镇",
    "春和街道",
    "枕石乡",
    "云岫镇",
    "流萤乡",
    "半亩镇",
    "照壁街道",
]
SECTORS = [
    "中共界",
    "民革民盟界",
    "民建工商联界",
    "农工九三界",
    "无党派界",
    "共青团青联界",
    "工会界",
    "妇联界",
    "科技科协界",
    "经济界",
    "农业界",
    "教育界",
    "文艺体育界",
    "医药卫生界",
    "民族宗教界",
    "社会福利和特邀界",
]
COMMITTEES = [
    "提案委员会",
    "经济委员会",
    "农业和农村委员会",
    "教科卫体委员会",
    "社会和法制委员会",
    "文化文史和学习委员会",
]

SURNAMES = (
    "林周高陈何唐钱吴孙安邵方秦许沈韩杨朱尤施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭"
    "鲁韦昌马苗凤花俞任袁柳鲍史费廉岑薛雷贺倪汤滕殷罗毕郝邬常乐于时傅皮卞齐康伍余元顾孟黄"
)
GIVEN = (
    "晓敏翔立静杰远静宁岚舟禾蓁恬榆桐澍沅汀溪岑峤岱岳朗晴昀昱晗曦若苒芷芸茗荻菁葳蕴藜"
    "雨雪霁霏云帆航骏骐鸿鹏翊翎书墨砚言诚信谦恒毅刚勇健康平安乐欣悦怡然清波涛澜渊泽润"
)


class Names:
    """Draws names nobody else in the county bears."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.used = dice, set[str]()

    def keep(self, name: str) -> str:
        self.used.add(name)
        return name

    def draw(self) -> str:
        while True:
            given = "".join(self.dice.sample(GIVEN, self.dice.choice((1, 2, 2))))
            name = self.dice.choice(SURNAMES) + given
            if name not in self.used:
                return self.keep(name)
