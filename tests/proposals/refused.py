"""For every row of the table: who must be turned away, when it is not its time, what it may lack.

Each story names the paper, the people and the sentence somebody reads.  `test_refusals.py` holds
that no row and no condition is left without one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shangliang.matters.models import NamedNumber
from shangliang.proposals import actions
from shangliang.proposals.models import Answer, Proposal, Reply
from tests.faults import stages
from tests.world import SPRING, World, body, proposal, walk

Story = Callable[[World], "Try"]


@dataclass
class Try:
    """One step that must be refused, and what is said to whoever tried it."""

    paper: Proposal
    by: Any
    says: str
    note: str = "说明在此。"
    data: dict[str, Any] = field(default_factory=dict)
    at: datetime = SPRING


# Who is turned away, and who alone may do it, as she reads.
# Each is somebody to whom it might occur.
WRONG_PERSON = {
    "invite": ("zhou", "第一提案人"),
    "cosign": ("gao_xiang", "受邀联名人"),
    "decline": ("lin", "受邀联名人"),
    "rewrite": ("zhou", "第一提案人"),
    "submit": ("chen", "第一提案人"),
    "present": ("lin", "代录人"),
    "confirm": ("chen", "第一提案人"),
    "disown": ("chen", "第一提案人"),
    "return": ("tang", "提案办或提案委"),
    "review": ("he", "提案办"),
    "file": ("chen", "提案委"),
    "not_file": ("chen", "提案委"),
    "withdraw": ("chen", "第一提案人"),
    "release": ("lin", "提案委"),
    "plan": ("tang", "提案办"),
    "replan": ("chen", "督查室"),
    "assign": ("chen", "督查室"),
    "sign_for": ("qian", "主办单位"),
    "log": ("lin", "主办单位"),
    "extend": ("gao", "督查室"),
    "send_up": ("liang", "主办单位经办人"),
    "send_back": ("gao", "主办单位负责人"),
    "issue": ("gao", "主办单位负责人"),
    "rate": ("zhou", "第一提案人"),
    "lapse": ("chen", "日历（到期自动）"),
    "rehandle": ("he", "提案办"),
    "close": ("liang", "提案办"),
    "publish": ("gao", "提案办"),
}

# A paper on which it is too early or too late for the row, and where the reader is told it stands.
WRONG_STATE = {
    "invite": ("submitted", "待初审"),
    "cosign": ("submitted", "待初审"),
    "decline": ("submitted", "待初审"),
    "rewrite": ("submitted", "待初审"),
    "submit": ("submitted", "待初审"),
    "present": ("unconfirmed", "待委员确认"),
    "confirm": ("submitted", "待初审"),
    "disown": ("submitted", "待初审"),
    "return": ("filed", "已立案"),
    "review": ("preliminary", "待复审"),
    "file": ("submitted", "待初审"),
    "not_file": ("filed", "已立案"),
    "withdraw": ("assigned", "待签收"),
    "release": ("planned", "待交办"),
    "plan": ("planned", "待交办"),
    "replan": ("assigned", "待签收"),
    "assign": ("filed", "已立案"),
    "sign_for": ("handling", "办理中"),
    "log": ("assigned", "待签收"),
    "extend": ("assigned", "待签收"),
    "send_up": ("reply_check", "答复待审签"),
    "send_back": ("replied", "待评议"),
    "issue": ("handling", "办理中"),
    "rate": ("reply_check", "答复待审签"),
    "lapse": ("rated", "已评议"),
    "rehandle": ("replied", "待评议"),
    "close": ("replied", "待评议"),
    "publish": ("handling", "办理中"),
}

# The reason somebody did not write.
WRONG_NOTE = {
    "disown": "请写明不确认的理由。",
    "return": "请写明需要修改的内容。",
    "withdraw": "请写明撤案理由。",
    "release": "请写明提案人书面撤案的理由。",
    "replan": "请写明重拟的理由。",
    "extend": "请写明延期理由。",
    "send_back": "请写明需要改写的内容。",
    "rehandle": "请写明答复存在的问题。",
}

LACKS: dict[tuple[str, str], list[Story]] = {}


def lacks(need: str, *rows: str) -> Callable[[Story], Story]:
    """What one condition of these rows says in one situation; several stories make it whole."""

    def told(story: Story) -> Story:
        for row in rows:
            LACKS.setdefault((row, need), []).append(story)
        return story

    return told


def set_number(world: World, key: str, value: str) -> None:
    NamedNumber.objects.update_or_create(
        organisation=world.county, key=key, term=None, defaults={"value": value}
    )


@lacks("is_joint", "invite")
def lin_invites_to_a_proposal_of_her_own(w: World) -> Try:
    paper = proposal(w)
    paper.parts.create(role="invited", person=w.zhou, since=SPRING)
    return Try(paper, w.lin, "只有联名提案可以邀请联名，请先改为联名提案。")


@lacks("someone_is_invited", "invite")
def lin_invites_nobody(w: World) -> Try:
    return Try(proposal(w, type="joint"), w.lin, "请先选定要邀请的委员。")


@lacks("may_sign", "cosign")
def zhou_is_no_member_any_more(w: World) -> Try:
    paper = stages.cosigning(w)
    w.zhou.seats.update(until=(SPRING - timedelta(days=1)).date())
    return Try(paper, w.zhou, "只有本届在任委员可以联名。")


@lacks("window_is_open", "submit")
def a_group_comes_between_two_sessions(w: World) -> Try:
    group = body(w.county, "group", "第三小组")
    w.gao_xiang.seats.create(
        organisation=group, duty="convener", since="2022-01-10", confirmed_at=SPRING
    )
    paper = actions.start(
        w.county, author=group, by=w.gao_xiang, at=SPRING,
        fields=texts(proposal(w)) | {"type": "group", "not_secret": True}, asks=["并为一窗。"],
    )  # fmt: skip
    says = "小组提案只在全体会议期间受理，现在可以改为个人或联名提案。"
    return Try(paper, w.gao_xiang, says)


def texts(paper: Proposal) -> dict[str, Any]:
    return {name: getattr(paper, name) for name in actions.TEXTS}


@lacks("window_is_open", "confirm")
def a_paper_typed_for_her_is_of_a_kind_not_taken_now(w: World) -> Try:
    set_number(w, "proposal.only_in_session", "individual group")
    return Try(
        stages.unconfirmed(w), w.lin, "个人提案只在全体会议期间受理，现在可以改为个人或联名提案。"
    )


@lacks("may_propose", "submit")
def lin_is_no_member_any_more(w: World) -> Try:
    paper = proposal(w)
    w.lin.seats.update(until=(SPRING - timedelta(days=1)).date())
    return Try(paper, w.lin, "只有本届在任委员可以提出提案。")


@lacks("may_propose", "confirm")
def it_was_typed_for_somebody_who_has_left(w: World) -> Try:
    paper = stages.unconfirmed(w)
    w.lin.seats.update(until=(SPRING - timedelta(days=1)).date())
    return Try(paper, w.lin, "只有本届在任委员可以提出提案。")


@lacks("reads_as_a_proposal", "invite")
def lin_invites_before_she_has_written(w: World) -> Try:
    paper = stages.joint(w)
    Proposal.objects.filter(pk=paper.pk).update(situation="")
    return Try(again(paper), w.lin, "还没有写情况：请写明调研了什么、事实和数据是怎样的。")


@lacks("reads_as_a_proposal", "submit")
def lin_asks_for_nothing(w: World) -> Try:
    paper = proposal(w)
    paper.asks.all().delete()
    return Try(again(paper), w.lin, "还没有具体建议：请至少写一条，写明由谁做、做什么。")


@lacks("reads_as_a_proposal", "submit")
def lin_writes_a_mark_of_secrecy(w: World) -> Try:
    paper = proposal(w, situation="机密★5年：全县多层住宅共 612 栋。")
    says = "文中有密级标志。涉及国家秘密的内容不能作为提案提交，请删去或改走保密渠道。"
    return Try(paper, w.lin, says)


@lacks("reads_as_a_proposal", "submit")
def lin_writes_more_than_the_county_reads(w: World) -> Try:
    set_number(w, "proposal.max_chars", "50")
    paper = proposal(w)
    return Try(paper, w.lin, "正文共 96 个字，超过了 50 个字，请删去 46 个字以上。")


@lacks("reads_as_a_proposal", "present")
def chen_has_not_typed_the_analysis(w: World) -> Try:
    paper = stages.typed_for_her(w)
    Proposal.objects.filter(pk=paper.pk).update(analysis=" ")
    return Try(again(paper), w.chen, "还没有写分析：请写明问题出在哪里、原因是什么。")


@lacks("reads_as_a_proposal", "confirm")
def lin_confirms_what_has_no_title(w: World) -> Try:
    paper = stages.unconfirmed(w)
    Proposal.objects.filter(pk=paper.pk).update(title="")
    return Try(again(paper), w.lin, "请写案由，例如“关于在老旧小区增设充电桩的建议”。")


def again(paper: Proposal) -> Proposal:
    return Proposal.objects.get(pk=paper.pk)


@lacks("is_not_secret", "submit")
def lin_has_not_said_that_it_holds_no_secret(w: World) -> Try:
    paper = proposal(w, not_secret=False)
    return Try(paper, w.lin, "请确认提案不涉及国家秘密和工作秘密，再提交。")


@lacks("is_not_secret", "confirm")
def nor_when_chen_typed_it(w: World) -> Try:
    paper = stages.unconfirmed(w)
    Proposal.objects.filter(pk=paper.pk).update(not_secret=False)
    return Try(again(paper), w.lin, "请确认提案不涉及国家秘密和工作秘密，再提交。")


@lacks("cosigners_agreed", "submit")
def nobody_has_signed(w: World) -> Try:
    paper = stages.cosigning(w)
    walk(paper, (w.zhou, "decline"))
    return Try(again(paper), w.lin, "联名提案至少要有 1 位委员同意联名，现有 0 位。")


@lacks("cosigners_agreed", "submit")
def one_has_signed_and_one_has_time_left(w: World) -> Try:
    paper = stages.joint(w)
    paper.parts.create(role="invited", person=w.gao_xiang, since=SPRING)
    walk(paper, (w.lin, "invite"), (w.zhou, "cosign"))
    says = "高翔还没有答复，请等到 3 月 16 日，或者先撤下对其的邀请。"
    return Try(again(paper), w.lin, says)


@lacks("has_category", "review")
def chen_has_chosen_no_category(w: World) -> Try:
    return Try(stages.submitted(w), w.chen, "请选择提案类别。", data={"proposed": "file"})


@lacks("has_category", "file")
def nor_has_the_committee(w: World) -> Try:
    paper = stages.preliminary(w)
    Proposal.objects.filter(pk=paper.pk).update(category="")
    return Try(again(paper), w.he, "请选择提案类别。")


@lacks("has_proposed_result", "review")
def chen_proposes_nothing(w: World) -> Try:
    says = "请选择初审建议：立案或者不予立案。"
    return Try(stages.submitted(w), w.chen, says, data={"category": "social"})


@lacks("has_ground", "not_file")
def the_committee_refuses_without_a_ground(w: World) -> Try:
    return Try(stages.preliminary(w), w.he, "请选择不予立案的理由。", data={"disposition": "none"})


@lacks("has_ground", "not_file")
def the_committee_does_not_say_where_it_goes(w: World) -> Try:
    return Try(stages.preliminary(w), w.he, "请选择不予立案后怎样处理。", data={"ground": "empty"})


@lacks("has_a_planned_unit", "plan")
def chen_names_no_unit(w: World) -> Try:
    paper = stages.filed(w)
    paper.parts.filter(role="planned_lead").delete()
    return Try(again(paper), w.chen, "请选定主办单位。")


@lacks("has_a_planned_unit", "assign")
def the_unit_was_taken_out_of_the_plan(w: World) -> Try:
    paper = stages.planned(w)
    paper.parts.filter(role="planned_lead").delete()
    return Try(again(paper), w.tang, "请选定主办单位。")


@lacks("has_a_handler", "sign_for")
def gao_names_no_handler(w: World) -> Try:
    data = {"handler": " ", "leader_in_charge": "梁静"}
    return Try(stages.assigned(w), w.gao, "请填写经办人。", data=data)


@lacks("has_a_handler", "sign_for")
def gao_names_no_leader(w: World) -> Try:
    return Try(stages.assigned(w), w.gao, "请填写分管负责人。", data={"handler": "高远"})


@lacks("consultation_is_recorded", "log")
def gao_says_neither_when_nor_how(w: World) -> Try:
    data = {"participants": "高远、林晓", "proposer_view": "赞成。"}
    return Try(stages.handling(w), w.gao, "请填写沟通日期、沟通方式。", data=data)


@lacks("consultation_is_recorded", "log")
def gao_records_a_talk_of_tomorrow(w: World) -> Try:
    data = stages.TALK | {"held_on": "2026-03-03"}
    return Try(stages.handling(w), w.gao, "沟通日期不能晚于今天。", data=data)


@lacks("extension_is_possible", "extend")
def tang_names_no_day(w: World) -> Try:
    return Try(stages.handling(w), w.tang, "请填写延期后的答复日期。")


@lacks("extension_is_possible", "extend")
def tang_is_too_late(w: World) -> Try:
    says = "这项时限已于 2026 年 6 月 2 日届满，延期须在届满之前批准。"
    return Try(stages.handling(w), w.tang, says, data={"until": "2026-07-01"},
               at=SPRING + timedelta(days=100))  # fmt: skip


@lacks("extension_is_possible", "extend")
def tang_grants_more_than_there_is(w: World) -> Try:
    says = "延期最迟到 2026 年 9 月 2 日，请改定日期。"
    return Try(stages.handling(w), w.tang, says, data={"until": "2026-12-01"})


@lacks("reply_is_complete", "send_up")
def gao_has_written_nothing(w: World) -> Try:
    return Try(stages.handling(w), w.gao, "请先起草答复。")


def unfinished(w: World, **fields: str) -> Proposal:
    paper = stages.handling(w)
    words = {"result": "B", "publicity": "full"} | fields
    Reply.objects.create(proposal=paper, unit=w.housing, round=1, **words)
    return paper


@lacks("reply_is_complete", "send_up")
def gao_has_not_said_of_which_class(w: World) -> Try:
    return Try(unfinished(w, result=""), w.gao, "请选择办理结果的类别。")


@lacks("reply_is_complete", "send_up")
def gao_has_not_said_whether_it_may_be_public(w: World) -> Try:
    return Try(unfinished(w, publicity=""), w.gao, "请注明答复能否公开。")


@lacks("reply_is_complete", "send_up")
def gao_has_answered_none_of_the_asks(w: World) -> Try:
    return Try(unfinished(w), w.gao, "第一、二、三项建议还没有回应。")


@lacks("reply_is_complete", "issue")
def an_answer_was_lost_before_liang_signs(w: World) -> Try:
    paper = stages.reply_check(w)
    Answer.objects.filter(reply__proposal=paper, ask__order=2).update(text="  ")
    return Try(again(paper), w.liang, "第二项建议还没有回应。")


@lacks("proposer_was_consulted", "send_up")
def gao_has_not_spoken_with_lin(w: World) -> Try:
    paper = unfinished(w)
    reply = paper.replies.get()
    for ask in paper.asks.all():
        Answer.objects.create(reply=reply, ask=ask, text="已经列入计划。")
    return Try(paper, w.gao, "答复前至少要与提案人沟通 1 次，现有 0 次记录。")


@lacks("proposer_was_consulted", "issue")
def the_county_asks_for_two_talks_by_now(w: World) -> Try:
    paper = stages.reply_check(w)
    set_number(w, "contact.min", "2")
    return Try(again(paper), w.liang, "答复前至少要与提案人沟通 2 次，现有 1 次记录。")


@lacks("rating_is_given", "rate")
def lin_says_nothing_of_the_attitude(w: World) -> Try:
    return Try(stages.replied(w), w.lin, "请评议办理态度。", data={"effect": "basically"})


@lacks("rating_is_given", "rate")
def lin_says_what_only_silence_says(w: World) -> Try:
    data = {"attitude": "satisfied", "effect": "no_feedback"}
    return Try(stages.replied(w), w.lin, "请评议办理效果。", data=data)


@lacks("another_round_is_left", "rehandle")
def it_was_handled_twice_already(w: World) -> Try:
    paper = stages.rated(w)
    Proposal.objects.filter(pk=paper.pk).update(round=2)
    return Try(again(paper), w.chen, "已经重新办理过一次，请当面协商后办结。")


@lacks("nobody_waits_for_another_round", "close")
def lin_is_dissatisfied_and_chen_closes(w: World) -> Try:
    return Try(stages.rated(w), w.chen, "提案人不满意，请先要求重新办理。")


@lacks("publication_is_agreed", "publish")
def lin_did_not_consent(w: World) -> Try:
    paper = stages.closable(w)
    Proposal.objects.filter(pk=paper.pk).update(may_publish=False)
    return Try(again(paper), w.chen, "提案人没有同意公开。")


@lacks("publication_is_agreed", "publish")
def the_unit_wrote_not_to_be_published(w: World) -> Try:
    paper = stages.closable(w)
    paper.replies.update(publicity="not")
    return Try(again(paper), w.chen, "承办单位注明答复不予公开。")


@lacks("publication_is_agreed", "publish")
def it_is_public_already(w: World) -> Try:
    paper = stages.closable(w)
    walk(paper, (w.chen, "publish"))
    return Try(again(paper), w.chen, "这件提案已经公开。")
