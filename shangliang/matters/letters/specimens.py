"""One paper of each kind, of an invented county: to try a template on, and to show it filled."""

from datetime import date

from shangliang.matters.letters.contexts import (
    Answer,
    Assigned,
    AssignmentNotice,
    Contact,
    Context,
    FeedbackForm,
    FilingNotice,
    NotFilingNotice,
    Person,
    ProposalSheet,
    Reply,
)

TITLE = "关于加快老旧小区加装电梯的建议"
NUMBER = "政协云岭县第五届委员会第五次会议第0123号"
ASKS = (
    "制定低层住户补偿的参考标准。",
    "将规划、住建、消防、市场监管、电力五个窗口并为一窗，实行并联审批，并在政务大厅公布每个环节的"
    "承诺办结时限，超过时限的由大厅统一督办并向申请人说明原因。",
    "设立加装电梯专项补助。",
)

REPLY = Reply(
    organ="云岭县住房和城乡建设局",
    letter_number="云住建函〔2026〕12号",
    proposal_number=NUMBER,
    proposal_title=TITLE,
    reply_class="A",
    publicity="主动公开",
    addressees=("林晓委员", "周敏委员"),
    answers=(
        Answer(ASKS[0], "我局已会同县发展改革局测算低层住户采光、通风和噪声影响，拟订了《既有住宅加装"
               "电梯费用分摊和补偿参考标准》。标准按楼层给出分摊比例，一楼不出资，二楼象征性出资，"
               "三楼以上逐层递增，并对一楼给予补偿。\n目前已在梧桐苑、滨河里两个小区试用，12 个单元"
               "签约率为 100%。计划 2026 年 6 月底前印发全县执行。"),
        Answer(ASKS[1], "自 2026 年 4 月 1 日起，五个窗口并为政务大厅“加装电梯一件事”专窗，一次收件、"
               "并联审批，承诺时限由 94 天压缩为 25 个工作日。"),
        Answer(ASKS[2], "县财政已安排专项补助 600 万元，每部补助 10 万元。"),
    ),
    day=date(2026, 5, 8),
    signer="梁静",
    contact=Contact("高远", "0571-0000 1234"),
    copies=("县政协提案委员会", "县人民政府督查室"),
)  # fmt: skip

FILING = FilingNotice(
    organ="政协云岭县委员会提案委员会",
    letter_number="云协提〔2026〕3号",
    proposal_number=NUMBER,
    proposal_title=TITLE,
    addressees=("林晓委员",),
    category="社会",
    filed_on=date(2026, 1, 23),
    day=date(2026, 1, 26),
    contact=Contact("陈立", "0571-0000 5678"),
)

NOT_FILING = NotFilingNotice(
    organ="政协云岭县委员会提案委员会",
    letter_number="云协提〔2026〕4号",
    proposal_title="关于某起民事诉讼的建议",
    submitted_on=date(2026, 1, 21),
    addressees=("高翔委员",),
    ground="已进入民事诉讼程序的",
    disposition="作为社情民意信息转送有关部门",
    explanation="所提事项正在县人民法院审理，不宜以提案方式办理。",
    day=date(2026, 1, 26),
    contact=Contact("陈立", "0571-0000 5678"),
)


def assigned(count: int) -> tuple[Assigned, ...]:
    """That many proposals for one notice."""
    return tuple(
        Assigned(
            number=f"第五届五次会议第{n:04d}号",
            title=f"关于加快第{n}批老旧小区加装电梯并完善配套政策的建议",
            proposers="林晓等3人" if n % 3 == 0 else "林晓",
            lead="县住建局",
            assisting="县财政局" if n % 2 == 0 else "",
            due=date(2026, 6, 10),
        )
        for n in range(1, count + 1)
    )


ASSIGNMENT = AssignmentNotice(
    organ="中共云岭县委督查室",
    letter_number="云督函〔2026〕7号",
    session="政协云岭县第五届委员会第五次会议",
    addressees=("县住房和城乡建设局", "县财政局"),
    proposals=assigned(3),
    sign_for_by=date(2026, 3, 20),
    objection_days=10,
    day=date(2026, 3, 10),
    contact=Contact("唐杰", "0571-0000 9999"),
    signatures=("中共云岭县委督查室", "云岭县人民政府督查室", "政协云岭县委员会提案委员会"),
    copies=("县委办公室", "县政府办公室", "县政协办公室"),
)

SHEET = ProposalSheet(
    committee="政协云岭县第五届委员会",
    session="第五次会议",
    number="第0123号",
    title=TITLE,
    type="联名提案",
    category="社会",
    proposers=(
        Person("林晓", "教育界", "云岭县第一中学", "13800000001"),
        Person("周敏", "医药卫生界", "云岭县人民医院", "13800000002"),
    ),
    situation="全县建成于 2000 年以前的多层住宅共 612 栋，近三年加装电梯 37 部。",
    analysis="低楼层住户担心采光和噪声，审批要跑五个窗口，平均 94 天。",
    asks=ASKS,
    submitted_on=date(2026, 1, 21),
    suggested_units=("县住房和城乡建设局", "县财政局"),
    may_publish=True,
    not_secret=True,
    opinion="内容具体，建议可行，同意立案。",
    lead="县住房和城乡建设局",
    research_basis="走访 14 个小区，问卷 312 份",
)

FEEDBACK = FeedbackForm(
    committee="政协云岭县委员会",
    proposal_number=NUMBER,
    proposal_title=TITLE,
    proposer="林晓",
    unit="云岭县住房和城乡建设局",
    letter_number="云住建函〔2026〕12号",
    replied_on=date(2026, 5, 8),
    reply_class="A",
    return_by=date(2026, 5, 29),
    return_to="县政协提案委员会",
)

SPECIMENS: dict[str, Context] = {
    "reply": REPLY,
    "filing": FILING,
    "not_filing": NOT_FILING,
    "assignment": ASSIGNMENT,
    "sheet": SHEET,
    "feedback": FEEDBACK,
}
