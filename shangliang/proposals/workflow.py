"""The life of a proposal (提案), from a blank page to a closed case.

Read this file first: models say what a proposal is, this table what may happen to it.  Sources
are named in docs/rooms/proposals.md by the letters used in `law`; numbers of days are named
numbers of the local committee, never written here.
"""

from shangliang.matters.table import CLOCK, FIRST, Call, Due, Move, State, Workflow, register

from . import conditions as c
from . import consequences as so
from .models import Proposal
from .who import (
    author,
    committee,
    cosigner,
    drafting,
    examiners,
    handlers,
    inner,
    invited,
    lead_clerk,
    lead_leader,
    lead_unit,
    office,
    planners,
    proposers,
    raters,
    scribe,
    supervision,
)

COSIGN = Due("cosign", "联名确认", "proposal.cosign_within", invited)
CONFIRM = Due("confirm", "委员确认", "proposal.confirm_within", author)
RESUBMIT = Due("resubmit", "修改后重新提交", "proposal.return_within", author)
REVIEW = Due("review", "初审", "proposal.review_within", office)
DECIDE = Due("decide", "复审", "proposal.decide_within", committee)
PLAN = Due("assign", "交办", "assign.conference_within", office | supervision)
SIGN = Due("sign", "签收", "assign.sign_within", lead_unit)
CONTACT = Due("contact", "首次沟通", "handle.first_contact", lead_unit)
REPLY = Due("reply", "答复", "reply.due", lead_unit)
SIGN_OFF = Due("sign_off", "审签", "reply.sign_within", lead_leader)
FEEDBACK = Due("feedback", "评议", "feedback.due", author, lapses="lapse")
REHANDLE = Due("rehandle", "重新答复", "rehandle.due", lead_unit)
CLOSE = Due("close", "办结", "close.within", office)

UNDER_EXAMINATION = ("submitted", "preliminary")
BEFORE_ASSIGNMENT = (
    "draft", "cosigning", "unconfirmed", "submitted", "returned", "preliminary", "filed", "planned",
)  # fmt: skip
PATH = (
    "submitted", "preliminary", "filed", "planned", "assigned", "handling", "reply_check",
    "replied", "rated", "closed",
)  # fmt: skip
AFTER_ASSIGNMENT = ("assigned", "handling", "reply_check")

# fmt: off
STATES = {
    "draft":       State("草稿", author, "您有一件提案尚未提交：《{title}》。", "接着写", page="proposals:edit"),
    "cosigning":   State("征集联名", author, "《{title}》正在征集联名，齐了就可以提交。", "去看看", also=(Call(invited, "{author}邀您联名《{title}》。", "看一看"),)),
    "unconfirmed": State("待委员确认", author, "工作人员代您录入了提案《{title}》，请您确认。", "去确认", page="proposals:check"),
    "submitted":   State("待初审", office, "请初审提案《{title}》。", "去初审", 1, page="proposals:review", pile=FIRST),
    "returned":    State("退回修改", author, "您的提案《{title}》需要修改。", "去修改", page="proposals:edit"),
    "preliminary": State("待复审", committee, "请复审提案《{title}》。", "去复审", 1, page="proposals:decide", pile=FIRST),
    "filed":       State("已立案", office, "请为提案《{title}》拟定交办方案。", "去拟定", 1, page="proposals:plan", pile="proposals:assignment"),
    "planned":     State("待交办", supervision, "请交办提案《{title}》。", "去交办", 1, pile="proposals:assignment"),
    "assigned":    State("待签收", lead_unit, "请签收提案《{title}》。", "去签收", 2, page="proposals:sign_for", pile="proposals:sign_many"),
    "handling":    State("办理中", lead_unit, "请办理提案《{title}》。", "去办理", 2),
    "reply_check": State("答复待审签", lead_leader, "请审签提案《{title}》的答复。", "去审签", 2, page="proposals:issue"),
    "replied":     State("待评议", author, "{lead}已答复您的提案《{title}》，请评议答复是否回应了您的 {asks} 项建议。", "去评议", 3, page="proposals:rate"),
    "rated":       State("已评议", office, "提案人已评议《{title}》的答复，请办结或要求重新办理。", "去处理", 3),
    "no_feedback": State("未反馈", office, "《{title}》的提案人没有反馈，请办结。", "去办结", 3),
    "closed":      State("已办结", stage=4, final=True),
    "not_filed":   State("不予立案", stage=1, final=True),
    "withdrawn":   State("已撤案", final=True),
}

MOVES = (
    #    move             button          from                 to             who may
    Move("invite",        "邀请联名",     "draft",             "cosigning",   author,     needs=(c.is_joint, c.reads_as_a_proposal, c.someone_is_invited), then=so.set_cosign_date, opens=(COSIGN,), tell=invited, says="{by}邀您联名提案《{title}》，请看过后确认。", page="proposals:invite", seen_by=inner, law="P28"),
    Move("cosign",        "同意联名",     "cosigning",         "",            invited,    needs=(c.may_sign,), then=so.sign, tell=author, says="{by}同意联名《{title}》。", seen_by=inner, law="P28"),
    Move("decline",       "不参加联名",   "cosigning",         "",            invited,    then=so.step_aside, tell=author, says="{by}未参加联名《{title}》。", seen_by=inner, law="P28"),
    Move("rewrite",       "撤回修改",     "cosigning",         "draft",       author,     then=so.unsign, drops=("cosign",), tell=invited | cosigner, says="《{title}》的内容有修改，改好后会再请您确认。", seen_by=inner, law="P28"),
    Move("submit",        "提交提案",     ("draft", "cosigning", "returned"), "submitted", author, needs=(c.window_is_open, c.may_propose, c.reads_as_a_proposal, c.is_not_secret, c.cosigners_agreed), then=so.receive, meets=("cosign", "resubmit"), opens=(REVIEW,), tell=office, says="收到提案《{title}》，请初审。", shows="handlers", page="proposals:check", door="核对并提交", law="N1M P11"),
    Move("present",       "请委员确认",   "draft",             "unconfirmed", scribe,     needs=(c.reads_as_a_proposal,), opens=(CONFIRM,), tell=author, says="工作人员代您录入了提案《{title}》，请您确认。", law="BZ1"),
    Move("confirm",       "确认提交",     "unconfirmed",       "submitted",   author,     needs=(c.window_is_open, c.may_propose, c.reads_as_a_proposal, c.is_not_secret), then=so.receive, meets=("confirm",), opens=(REVIEW,), tell=office | scribe, says="{by}已确认提案《{title}》，请初审。", shows="handlers", page="proposals:check", door="核对并确认", law="BZ1"),
    Move("disown",        "不是我的提案", "unconfirmed",       "withdrawn",   author,     note="不确认的理由", tell=scribe, says="{by}没有确认代录的《{title}》：{note}", seen_by=inner, law="BZ1"),
    Move("return",        "退回修改",     UNDER_EXAMINATION,   "returned",    examiners,  note="需要修改的内容", meets=("review", "decide"), opens=(RESUBMIT,), tell=proposers, says="《{title}》需要修改：{note}", seen_by=inner, law="N18M"),
    Move("review",        "初审通过",     "submitted",         "preliminary", office,     needs=(c.has_category, c.has_proposed_result), then=so.note_review, meets=("review",), opens=(DECIDE,), tell=committee, says="《{title}》已初审，请复审。", page="proposals:review", door="初审", seen_by=inner, law="N18M"),
    Move("file",          "立案",         "preliminary",       "filed",       committee,  needs=(c.has_category,), then=so.give_it_a_number, meets=("decide",), opens=(PLAN,), tell=proposers, says="《{title}》已立案，编号为{number}。", shows="members", page="proposals:decide", door="复审", law="N1M N18M"),
    Move("not_file",      "不予立案",     "preliminary",       "not_filed",   committee,  needs=(c.has_ground,), then=so.note_refusal, meets=("decide",), tell=proposers, says="《{title}》未予立案，理由和后续处理请看详情。", page="proposals:decide", seen_by=inner, law="N3"),
    Move("withdraw",      "撤案",         BEFORE_ASSIGNMENT,   "withdrawn",   author,     note="撤案理由", tell=cosigner | invited | office, says="{by}撤回了提案《{title}》。", seen_by=inner, law="N18M"),
    Move("release",       "同意撤案",     AFTER_ASSIGNMENT,    "withdrawn",   committee,  note="提案人书面撤案的理由", tell=proposers | lead_unit, says="《{title}》经提案委同意撤案，不再办理。", law="N18M"),
    Move("plan",          "拟定交办",     "filed",             "planned",     office,     needs=(c.has_a_planned_unit,), tell=supervision, says="《{title}》已拟定交办方案，请交办。", page="proposals:plan", law="O8"),
    Move("replan",        "退回重拟",     "planned",           "filed",       supervision, note="重拟的理由", tell=office, says="《{title}》的交办方案需要重拟：{note}", seen_by=planners, law="O8"),
    Move("assign",        "交办",         "planned",           "assigned",    supervision, needs=(c.has_a_planned_unit,), then=so.hand_over, meets=("assign",), opens=(SIGN, REPLY), tell=lead_unit | proposers, says="《{title}》已交办{lead}，应在 {due}前答复。", shows="members", law="P7M P3"),
    Move("sign_for",      "签收",         "assigned",          "handling",    lead_unit,  needs=(c.has_a_handler,), then=so.note_handler, meets=("sign",), opens=(CONTACT,), tell=proposers, says="{lead}已签收您的提案《{title}》。", page="proposals:sign_for", law="P7M"),
    Move("log",           "记录面商",     "handling",          "",            lead_unit,  needs=(c.consultation_is_recorded,), then=so.record_consultation, meets=("contact",), tell=author, says="{lead}记录了与您就《{title}》的沟通，如有出入请告诉提案办。", page="proposals:log", law="P9M P17"),
    Move("extend",        "同意延期",     "handling",          "",            supervision, needs=(c.extension_is_possible,), then=so.extend_reply, tell=proposers | lead_unit, says="《{title}》的答复期限延至 {due}：{note}", note="延期理由", page="proposals:extend", law="P2 P3"),
    Move("send_up",       "送审",         "handling",          "reply_check", lead_clerk, needs=(c.reply_is_complete, c.proposer_was_consulted), opens=(SIGN_OFF,), tell=lead_leader, says="《{title}》的答复请您审签。", page="proposals:reply", door="起草答复", seen_by=drafting, law="P8"),
    Move("send_back",     "退回重写",     "reply_check",       "handling",    lead_leader, note="需要改写的内容", drops=("sign_off",), tell=lead_clerk, says="《{title}》的答复退回重写：{note}", seen_by=drafting, law="P8"),
    Move("issue",         "签发答复",     "reply_check",       "replied",     lead_leader, needs=(c.reply_is_complete, c.proposer_was_consulted), then=so.issue_letter, meets=("sign_off", "reply", "rehandle", "contact"), opens=(FEEDBACK,), tell=proposers | office | supervision, says="{lead}已答复《{title}》。", page="proposals:issue", door="审签答复", law="P8 C7"),
    Move("rate",          "评议答复",     ("replied", "no_feedback"), "rated", author,    needs=(c.rating_is_given,), then=so.record_rating, meets=("feedback",), drops=("close",), opens=(CLOSE,), tell=office, says="提案人已评议《{title}》的答复。", page="proposals:rate", seen_by=raters, law="P9M C3"),
    Move("lapse",         "逾期未反馈",   "replied",           "no_feedback", CLOCK,      then=so.note_silence, meets=("feedback",), opens=(CLOSE,), tell=office, says="《{title}》的答复到期未收到反馈，单独统计。", seen_by=raters, law="C3"),
    Move("rehandle",      "要求重新办理", ("rated", "no_feedback"), "handling", office,  needs=(c.another_round_is_left,), note="答复存在的问题", then=so.next_round, meets=("close",), opens=(REHANDLE,), tell=lead_unit | proposers, says="提案办要求重新办理《{title}》，应在 {due}前再次答复。", law="P1M"),
    Move("close",         "办结",         ("rated", "no_feedback"), "closed", office,    needs=(c.nobody_waits_for_another_round,), meets=("close",), tell=proposers | lead_unit, says="《{title}》已办结。", law="P16"),
    Move("publish",       "向社会公开",   ("replied", "rated", "no_feedback", "closed"), "", office, needs=(c.publication_is_agreed,), tell=proposers, says="《{title}》及答复已向社会公开。", shows="public", law="P10 N6"),
)
# fmt: on

PROPOSAL = register(
    Workflow(
        Proposal.KIND,
        "提案",
        STATES,
        MOVES,
        handlers,
        sight=frozenset({"author", "cosigner", "invited", "scribe", "lead_unit"}),
        path=PATH,
    )
)
