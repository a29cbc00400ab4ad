"""Invented proposals: texts of about 700 characters whose words fall as unevenly as real ones.

Nobody wrote them and no place in them exists.  The same dice give the same text.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

# fmt: off
TOPICS = [
    "老旧小区加装电梯", "农村互助养老", "中心城区停车难", "公交线网", "城乡河道保洁", "农村公厕",
    "生活垃圾分类", "校车安全", "乡镇图书馆", "新能源充电桩", "农村公路养护", "村医队伍",
    "义务教育均衡", "课后服务", "社区食堂", "残疾人就业", "盲道和无障碍设施", "历史文化街区",
    "非遗传承", "乡村旅游", "夜间经济", "中小微企业融资", "专精特新企业", "产业园区用工",
    "青年人才公寓", "数字政务", "政务数据共享", "电商直播助农", "冷链物流", "高标准农田",
    "粮食仓储", "水库移民", "饮用水源地", "污水管网", "黑臭水体", "湿地修复", "秸秆综合利用",
    "大气污染联防", "森林防火", "地质灾害监测", "应急广播", "消防通道", "电动自行车充电",
    "外卖骑手权益", "网约车管理", "学校食堂", "近视防控", "心理健康服务", "托育机构",
    "家庭医生签约", "中医药服务", "医保异地结算", "慢性病用药", "院前急救", "老年大学",
    "殡葬改革", "物业管理", "业主委员会", "保障性住房", "征地补偿", "农民工工资", "法律援助",
    "社区矫正", "网络谣言", "预付卡消费",
]
DOINGS = [
    "推进", "加强", "完善", "规范", "优化", "改造", "整治", "扶持", "健全", "提升", "统筹",
    "落实", "细化", "公开", "简化", "下放", "扩大", "保障", "引导", "清理", "补齐", "延伸",
    "培育", "激活", "盘活", "共建", "监测", "评估", "督办", "考核",
]
THINGS = [
    "机制", "制度", "标准", "平台", "清单", "预案", "台账", "资金", "补助", "用地", "编制",
    "队伍", "培训", "宣传", "监管", "执法", "服务", "设施", "网点", "站点", "线路", "档案",
    "数据", "接口", "系统", "流程", "窗口", "期限", "责任", "联席会议", "考核办法", "奖补政策",
    "试点", "示范点", "志愿者", "专业人员", "村集体", "合作社", "社会资本", "第三方评估",
    "责任清单", "负面清单", "统一标准", "长效管护", "财政预算", "专项规划", "群众意见",
]
PLACES = [
    "东湖街道", "西坝镇", "南塘镇", "北岭乡", "青石镇", "龙门乡", "白沙洲街道", "柳河镇",
    "云台街道", "双桥镇", "古渡镇", "石鼓乡", "新城区", "老城区", "高新区", "经开区", "沿江片区",
    "山区乡镇",
]
TROUBLES = [
    "投入不足", "底数不清", "责任不明", "标准不一", "管护缺位", "人员短缺", "布局不均",
    "重建轻管", "信息不通", "审批偏慢", "补助偏低", "覆盖面窄", "宣传不够", "执法偏软",
    "群众知晓率低", "设施老化", "经费没有来源", "部门之间衔接不畅",
]
# fmt: on
OPENINGS = """近年来，我市在{t}方面做了大量工作，取得了一定成效，但与群众期盼相比还有差距。
{t}关系千家万户，也是今年走访中群众反映较多的问题。
据调研组在{p}、{p2}的走访，{t}问题比较突出。
围绕{t}，我们先后召开{n}次座谈会，走访{p}等{n2}个乡镇街道，收回问卷{n3}份。""".splitlines()
FACTS = """截至去年底，{p}共有相关设施{n3}处，其中{n2}处建成超过十五年，能正常使用的不到{n}成。
{p}的{h}由{n}个部门分别管理，{o}，一件事要跑{n2}个窗口，平均{n3}天才能办结。
走访的{n3}户中，有{n2}户表示{o}，希望尽快{d}{h}。
与周边县市相比，我市{t}的{h}投入每年少{n3}万元，{p}尤为明显。
{p2}试行的{h}效果较好，但因{o}，{n}年来没有推开。""".splitlines()
REASONS = """一是{o}。{d}{h}的要求没有落到{p}一级，基层普遍反映{o2}。
二是{h}不健全。现行办法制定于{y}年，对{t}没有规定，{d}{h2}缺少依据。
三是{o2}。全市从事{t}的专业人员只有{n3}人，{p}平均{n}个村共用一人。
四是{h2}没有跟上，{d}和{d2}脱节，{p2}已经出现{o}的情况。""".splitlines()
ASKS = """{d}{h}，由{u}牵头，在{y2}年底前完成{p}、{p2}等地的{h2}。
建立{t}{h}，每季度向社会公布进展，接受群众监督。
将{t}所需经费列入财政预算，对{p}按每处{n3}元给予补助。
{d}{h}和{h2}，把{o}的问题列入年度督查，逐项销号。
在{p}先行试点，{d}{h}，成熟后在全市推开。
整合{u}等部门的{h}，{d2}{h2}，让群众只跑一个窗口。""".splitlines()
TITLES = [
    "关于{d}{t}的建议",
    "关于{d}{t}{h}的建议",
    "关于解决{t}{o}问题的建议",
    "关于{d}{p}{t}工作的提案",
]


class Paper(NamedTuple):
    title: str
    situation: str
    analysis: str
    asks: list[str]


def paper(dice: Random, unit: str) -> Paper:
    """One proposal that concerns `unit`, about one topic throughout."""
    topic = dice.choice(TOPICS)

    def said(sentence: str) -> str:
        pick, number = dice.choice, dice.randrange
        return sentence.format(
            t=topic, u=unit, d=pick(DOINGS), d2=pick(DOINGS), h=pick(THINGS), h2=pick(THINGS),
            p=pick(PLACES), p2=pick(PLACES), o=pick(TROUBLES), o2=pick(TROUBLES), n=number(2, 10),
            n2=number(3, 60), n3=number(50, 3000), y=number(2003, 2020), y2=number(2021, 2028),
        )  # fmt: skip

    def some(sentences: list[str], count: int) -> str:
        return "".join(map(said, dice.sample(sentences, count)))

    return Paper(
        said(dice.choice(TITLES))[:50],
        said(dice.choice(OPENINGS)) + some(FACTS, dice.randrange(3, 6)),
        some(REASONS, dice.randrange(3, 5)),
        [said(ask) for ask in dice.sample(ASKS, dice.randrange(2, 5))],
    )


SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂英文华建国志远晓东海燕春梅雪松立新佳怡子轩雨桐浩然思源"
)


def names(dice: Random, count: int) -> list[str]:
    """Invented names, each once."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))] = None
    return list(found)
