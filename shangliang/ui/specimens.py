"""Every part of the house with made-up content, in each of its states.

The gallery draws them and the tests draw them, so a part without a specimen is a failing test.
"""

# ruff: noqa: E501 — sample sentences are not wrapped

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator

from .specimen_forms import Narrow, Rows, Writing

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG = "关于进一步健全完善新时代基层协商民主制度体系推动“有事好商量”协商议事平台向村社区网格延伸覆盖并与基层治理有效衔接的建议"
WORD = "https://example.invalid/averyveryverylongaddresswithoutanybreak/0123456789012345678901234567890123456789"
DUE = date(2026, 12, 10)
AT = datetime(2026, 12, 2, 14, 32, tzinfo=SHANGHAI)


def todo(sentence: str, act: str, **more: Any) -> dict[str, Any]:
    return {"sentence": sentence, "act": act, "url": "#", "day": DUE, **more}


STEPS = [
    {"state": "was", "text": "林晓提交，周敏、高翔、何静联名", "when": "1 月 12 日 22:41"},
    {"state": "was", "text": "提案委立案并编号", "when": "1 月 14 日，用时 2 个工作日"},
    {"state": "was", "text": "县住建局签收，经办人高远", "when": "11 月 24 日"},
    {
        "state": "now",
        "text": "县住建局起草答复",
        "when": "在县住建局 9 天，还有 54 个工作日",
        "note": "登门面商，林晓提出先解决补偿标准。",
    },
    {"state": "coming", "text": "答复委员", "when": "2 月 23 日前"},
    {"state": "coming", "text": "委员评议，背靠背", "when": "答复后 15 个工作日"},
]
ASKS = [
    {
        "number": "一",
        "text": "制定低层住户补偿的参考标准，由街道组织协商。",
        "state": "done",
        "word": "采纳",
        "note": "县住建局承诺：2027 年 3 月底前印发，以文号为证。",
    },
    {
        "number": "二",
        "text": "设立加装电梯专项补助，每部不低于 15 万元。",
        "state": "soon",
        "word": "部分采纳",
        "note": "理由：本年度预算可安排每部 8 万元，明年再议。",
    },
    {"number": "三", "text": "维护费从电梯广告收入中列支。", "state": "idle", "word": "尚未回应"},
]
MINE = [
    {
        "title": "关于加快老旧小区加装电梯的建议",
        "url": "#",
        "note": "第0123号 · 已答复，待您评议",
        "filled": 3,
    },
    {"title": LONG, "url": "#", "note": "第0147号 · 县卫健委办理中，1 月 20 日前答复", "filled": 2},
    {
        "title": "关于增设城北公交接驳线的建议",
        "url": "#",
        "note": "第0068号 · 承诺已兑现，10 月 8 日办结",
        "filled": 4,
    },
]
CONFLICT = {
    "theirs_by": "周敏",
    "theirs_at": AT,
    "mine_at": AT,
    "version": 7,
    "action": "#",
    "both": True,
    "fields": [
        {
            "label": "情况",
            "mine": [{"text": "全县多层住宅共 ", "same": True}, {"text": "612", "same": False}, {"text": " 栋。", "same": True}],
            "theirs": [{"text": "全县多层住宅共 ", "same": True}, {"text": "598", "same": False}, {"text": " 栋。", "same": True}],
        },
        {"label": "分析", "mine": [], "theirs": [{"text": "审批要跑五个窗口。", "same": False}]},
    ],
}  # fmt: skip


def specimens() -> dict[str, list[dict[str, Any]]]:
    """Each partial of templates/ui with the contexts it is shown in."""
    wrong, rows = Writing({"title": "字" * 45, "harmless": ""}), Rows()
    wrong.is_valid()
    states = (
        "idle 草稿",
        "go 办理中",
        "soon 临近到期",
        "late 已逾期",
        "done 已办结",
        "no 不予立案",
    )
    return {
        "_tag": [dict(zip(("state", "word"), each.split(), strict=True)) for each in states],
        "_deadline": [
            {"day": DUE, "left": 12, "name": "答复"},
            {"day": DUE, "left": 3, "why": "自 2026 年 11 月 23 日交办起 3 个月，节假日安排未公布，暂按推算。"},
            {"day": date(2027, 1, 4), "left": 0},
            {"day": DUE, "left": -1, "name": "会办意见"},
            {"day": DUE, "left": 0, "name": "签收", "met": DUE},
        ],
        "_todo": [
            todo("县住建局已答复您的提案《关于加快老旧小区加装电梯的建议》，请评议答复是否回应了您的 4 项建议。", "去评议", left=3, main=True),
            todo(f"周敏委员邀您联名《{LONG}》。", "看一看", left=12),
            todo("教科卫体委定于 12 月 18 日上午视察县域普惠托育，请答复能否参加。", "答复", left=-2),
        ],
        "_mine": [{"rows": MINE, "label": "我的提案"}],
        "_way": [{"steps": STEPS, "heading": "这件提案走过的路"}],
        "_facts": [{"facts": ["林晓 等 4 人", "社会建设", {"label": "主办", "value": "县住建局"}, "公开"]}],
        "_asks": [{"asks": ASKS}],
        "_answers": [
            {
                "rows": [
                    {"label": "案由", "value": "关于加快老旧小区加装电梯的建议", "url": "#", "song": True},
                    {"label": "建议", "lines": [each["text"] for each in ASKS], "url": "#"},
                    {"label": "建议承办单位", "value": "", "url": "#"},
                    {"label": "网址", "value": WORD},
                ]
            }
        ],
        "_confirmation": [
            {
                "title": "提案已经提交",
                "number": "第五届三次会议第0123号",
                "said": "12 月 2 日 14:32 收到，回执已存入“我的”。",
                "next": ["提案委在 12 月 9 日 周三前审查，结果会告诉您。", "立案以后，您会看到由哪个单位办理、何时答复。"],
                "links": [{"label": "看这件提案", "url": "#"}, {"label": "存为 PDF", "url": "#"}],
                "draft_key": "sample",
            }
        ],
        "_tasks": [
            {
                "tasks": [
                    {"label": "案由", "url": "#", "word": "已写好", "state": "done"},
                    {"label": "情况与分析", "url": "#", "word": "写了一半", "state": "soon", "hint": "上次写到第二段。"},
                    {"label": "核对并提交", "word": "前两项写好以后", "state": "idle"},
                ]
            }
        ],
        "_table": [
            {
                "caption": "各单位办理情况",
                "columns": [{"label": "单位", "title": True}, {"label": "件数", "number": True}, {"label": "状态", "short": True}],
                "rows": [
                    [{"text": "县住建局", "url": "#"}, {"text": 60}, {"text": "2 件逾期", "tag": "late"}],
                    [{"text": "县民政局", "url": "#"}, {"text": 0}, {"text": "按时", "tag": "go"}],
                    [{"text": LONG}, {"text": 1234}, {"text": ""}],
                ],
            }
        ],
        "_filters": [{"form": Narrow(auto_id="narrow_%s"), "into": "found", "found": "共 303 件。"}],
        "_pages": [{"page": Paginator(range(100), 10).page(n), "label": f"第 {n} 页起"} for n in (1, 3)],
        "_empty": [{"sentence": "今天没有需要您办理的事。"}, {"sentence": "还没有提案。", "url": "#", "act": "写一件"}],
        "_notice": [
            {"level": level, "words": "节假日安排尚未公布，期限暂按推算。", "url": "#", "act": "怎样计算"}
            for level in ("info", "success", "warning", "error")
        ],
        "_journal": [
            {
                "open": True,
                "entries": [
                    {"at": AT, "who": "高远", "what": "签收", "note": "由房管科承办。"},
                    {"at": AT, "who": "", "what": "期限到期提醒已送出。"},
                ],
            }
        ],
        "_files": [
            {
                "files": [
                    {"name": "答复函.docx", "url": "#", "kind": "Word", "size": 34_816},
                    {"name": f"{LONG}.pdf", "url": "#", "kind": "PDF", "size": 2_400_000, "note": "林晓上传"},
                ]
            }
        ],
        "_search": [{"action": "", "q": "电梯", "label": "查找提案、单位、委员"}],
        "_figure": [
            {"number": 3, "sentence": "件已经逾期，最久的迟了 12 天。", "url": "#", "late": True, "values": [1, 2, 2, 5, 3]},
            {"number": 128, "sentence": "件正在办理。", "url": "#", "values": [90, 110, 140, 128]},
        ],
        "_checks": [{"url": "/ui/page/noticed/", "noticed": [{"words": "“建议”里还没有写由谁来做。"}]}],
        "_noticed": [
            {"noticed": [{"words": "文中出现“秘密★”，涉密内容不能在这里提交。", "stop": True}, {"words": "与第0211号相近。", "url": "#", "act": "看一看"}]},
            {"noticed": []},
        ],
        "_draft_status": [{"saved_at": AT}, {}],
        "_grow_list": [{"rows": list(rows), "label": "建议", "hint": "一条只写一件事。按回车再加一条。"}],
        "_errors": [{"wrong": [{"id": "id_title", "words": "请填写案由。"}, {"id": "", "words": "联名人还没有确认。"}]}],
        "_refusal": [
            {
                "refusal": "还有 1 项建议没有答复，不能送签。",
                "mend": ["第三项建议尚未回应。", "写好以后回到这一步，再按“送签”。"],
                "back_url": "#",
                "back_label": "去写第三项",
            }
        ],
        "_mark": [{}],
        "_switches": [{}],
    }  # fmt: skip
