"""What must be true before a row of the table may be taken: each answers "" or a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from shangliang.matters import local
from shangliang.matters.clocks import local_day
from shangliang.matters.table import Step
from shangliang.people import duties
from shangliang.people.models import Seat
from shangliang.ui.dates import written
from shangliang.ui.languages import listed
from shangliang.ui.numerals import spoken

from . import checks
from .models import Filing, Kind, Satisfaction
from .sessions import session_for


def is_joint(step: Step) -> str:
    """Only a joint proposal collects co-signers."""
    return (
        "" if step.matter.type == Kind.JOINT else _("只有联名提案可以邀请联名，请先改为联名提案。")
    )


def reads_as_a_proposal(step: Step) -> str:
    """有情况、有分析、有建议: three parts, within the local limits, without secrets or personal numbers."""
    found = checks.refusing(checks.check_saved(step.matter))
    return found[0].said(_) if found else ""


def is_not_secret(step: Step) -> str:
    """The proposer says herself that it holds no secrets."""
    if step.matter.not_secret:
        return ""
    return _("请确认提案不涉及国家秘密和工作秘密，再提交。")


def window_is_open(step: Step) -> str:
    """Some kinds of proposal are taken only around a plenary session."""
    proposal = step.matter
    only = local.value(proposal.organisation_id, "proposal.only_in_session", proposal.term_id)
    if proposal.type not in only.split():
        return ""
    if session_for(proposal, proposal.begun_at or step.at):
        return ""
    return _("%(kind)s只在全体会议期间受理，现在可以改为个人或联名提案。") % {
        "kind": proposal.get_type_display()
    }


def may_propose(step: Step) -> str:
    """A personal proposal needs a member of the current term behind it."""
    proposal = step.matter
    if proposal.is_collective:
        return ""
    authors = proposal.parts.filter(role="author", person__isnull=False).values("person")
    seats = Seat.objects.held_on(local_day(step.at)).filter(
        organisation__committee=proposal.organisation_id, duty__in=duties.MEMBERS
    )
    if seats.filter(person__in=authors).exists():
        return ""
    return _("只有本届在任委员可以提出提案。")


def may_sign(step: Step) -> str:
    """A co-signer is a member in office on the day she signs."""
    seats = Seat.objects.held_on(local_day(step.at)).filter(
        organisation__committee=step.matter.organisation_id, duty__in=duties.MEMBERS
    )
    return "" if seats.filter(person=step.by).exists() else _("只有本届在任委员可以联名。")


def someone_is_invited(step: Step) -> str:
    found = step.matter.parts.filter(role__in=("invited", "cosigner")).exists()
    return "" if found else _("请先选定要邀请的委员。")


def cosigners_agreed(step: Step) -> str:
    """A joint proposal has enough signatures, and nobody still has time to answer."""
    proposal = step.matter
    if proposal.type != Kind.JOINT:
        return ""
    least = local.count(proposal.organisation_id, "proposal.cosign_min", proposal.term_id)
    signed = proposal.parts.filter(role="cosigner").count()
    if signed < least:
        return _("联名提案至少要有 %(n)s 位委员同意联名，现有 %(have)s 位。") % {
            "n": least, "have": signed,
        }  # fmt: skip
    waiting = proposal.parts.filter(role="invited").select_related("person")
    if waiting and proposal.cosign_until and local_day(step.at) <= proposal.cosign_until:
        names = listed(waiting)
        return _("%(names)s还没有答复，请等到 %(day)s，或者先撤下对其的邀请。") % {
            "names": names, "day": written(proposal.cosign_until, local_day(step.at), weekday=False),
        }  # fmt: skip
    return ""


def has_category(step: Step) -> str:
    found = step.data.get("category") or step.matter.category
    return "" if found else _("请选择提案类别。")


def has_proposed_result(step: Step) -> str:
    """The first review says what it proposes (拟立案 or 拟不立案)."""
    proposed = step.data.get("proposed")
    return "" if proposed in Filing.Result.values else _("请选择初审建议：立案或者不予立案。")


def has_ground(step: Step) -> str:
    """A refusal names its ground from the code table, and where the paper goes instead."""
    if not step.data.get("ground"):
        return _("请选择不予立案的理由。")
    return "" if step.data.get("disposition") else _("请选择不予立案后怎样处理。")


def has_a_planned_unit(step: Step) -> str:
    return "" if step.matter.planned_lead else _("请选定主办单位。")


def has_a_handler(step: Step) -> str:
    """Signing for a proposal names who will work on it and who answers for it."""
    if not step.data.get("handler", "").strip():
        return _("请填写经办人。")
    return "" if step.data.get("leader_in_charge", "").strip() else _("请填写分管负责人。")


def consultation_is_recorded(step: Step) -> str:
    """A talk counts when its day, its form, who took part and what the proposer said are known."""
    names = {
        "held_on": _("沟通日期"),
        "form": _("沟通方式"),
        "participants": _("参加人员"),
        "proposer_view": _("提案人意见"),
    }
    missing = [label for key, label in names.items() if not step.data.get(key)]
    if missing:
        return _("请填写%(parts)s。") % {"parts": listed(missing)}
    too_late = str(step.data["held_on"]) > local_day(step.at).isoformat()
    return _("沟通日期不能晚于今天。") if too_late else ""


def extension_is_possible(step: Step) -> str:
    """An extension names its new day; the clock itself checks expiry and the longest time."""
    return "" if step.data.get("until") else _("请填写延期后的答复日期。")


def reply_is_complete(step: Step) -> str:
    """The letter has its class, says whether it may be published, and answers every ask."""
    reply = step.matter.current_reply()
    if reply is None:
        return _("请先起草答复。")
    if not reply.result:
        return _("请选择办理结果的类别。")
    if not reply.publicity:
        return _("请注明答复能否公开。")
    if open_asks := reply.unanswered():
        numbers = listed(spoken(ask.order) for ask in open_asks)
        return _("第%(numbers)s项建议还没有回应。") % {"numbers": numbers}
    return ""


def proposer_was_consulted(step: Step) -> str:
    """面商: the proposer was spoken with before the reply, as often as the local rule asks."""
    proposal = step.matter
    least = local.count(proposal.organisation_id, "contact.min", proposal.term_id)
    held = proposal.consultations.filter(round=proposal.round).count()
    if held >= least:
        return ""
    return _("答复前至少要与提案人沟通 %(n)s 次，现有 %(have)s 次记录。") % {
        "n": least,
        "have": held,
    }


def rating_is_given(step: Step) -> str:
    """Both the attitude and the effect are judged, in one of the four words."""
    allowed = set(Satisfaction.values) - {Satisfaction.NO_FEEDBACK}
    for key, label in (("attitude", _("办理态度")), ("effect", _("办理效果"))):
        if step.data.get(key) not in allowed:
            return _("请评议%(what)s。") % {"what": label}
    return ""


def another_round_is_left(step: Step) -> str:
    """One re-handling; a second dissatisfaction is for a meeting, not for another letter."""
    return "" if step.matter.round < 2 else _("已经重新办理过一次，请当面协商后办结。")


def nobody_waits_for_another_round(step: Step) -> str:
    """A dissatisfied proposer is answered again before the case is closed."""
    proposal = step.matter
    rating = next((r for r in proposal.ratings.all() if r.round == proposal.round), None)
    if rating and rating.is_dissatisfied and proposal.round < 2:
        return _("提案人不满意，请先要求重新办理。")
    return ""


def publication_is_agreed(step: Step) -> str:
    """The proposer consents, and the unit's reply carries a label that allows it."""
    proposal = step.matter
    if not proposal.may_publish:
        return _("提案人没有同意公开。")
    reply = next((r for r in reversed(proposal.replies.all()) if r.issued_at), None)
    if reply is None or reply.publicity == "not":
        return _("承办单位注明答复不予公开。")
    return _("这件提案已经公开。") if proposal.visibility == "public" else ""
