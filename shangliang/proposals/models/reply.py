"""The answer: talks with the proposer, the letter that answers every ask, and what she thinks of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.matters.models import Document
from shangliang.people.models import Organisation, Person

from .proposal import Ask, Proposal


class Consultation(models.Model):
    """A talk with the proposer before the reply (面商): when, how, who, and what she said."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="consultations")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    held_on = models.DateField(_("沟通日期"))
    form = models.CharField(_("沟通方式"), max_length=20)
    participants = models.CharField(_("参加人员"), max_length=300)
    proposer_view = models.TextField(_("提案人意见"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "pk"]

    @property
    def form_label(self) -> str:
        return self.proposal.label("contact_form", self.form)


class Reply(models.Model):
    """A unit's written reply (答复) in one round of handling; issued, it no longer changes."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="replies")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    result = models.CharField(_("办理结果"), max_length=10, blank=True)
    publicity = models.CharField(_("公开属性"), max_length=20, blank=True)
    opening = models.TextField(_("答复开头"), blank=True)
    closing = models.TextField(_("答复结尾"), blank=True)
    letter_number = models.CharField(_("文号"), max_length=40, blank=True)
    contact = models.CharField(_("联系人及电话"), max_length=80, blank=True)
    signer = models.CharField(_("签发人"), max_length=40, blank=True)
    issued_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    letter = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "unit", "round"], name="one_reply_a_unit_and_round"
            )
        ]
        indexes = [models.Index(fields=["result", "issued_at"])]

    @property
    def result_label(self) -> str:
        """The class as the local table words it: B类."""
        return self.proposal.label("reply_class", self.result)

    @property
    def result_words(self) -> str:
        """The class and what it means: B类（所提建议正在解决或者列入计划逐步解决）."""
        return self.proposal.described("reply_class", self.result)

    @property
    def publicity_label(self) -> str:
        return self.proposal.label("publicity", self.publicity)

    def unanswered(self) -> list[Ask]:
        """The asks this reply says nothing about yet."""
        answered = {a.ask_id for a in self.answers.all() if a.text.strip()}
        return [ask for ask in self.proposal.asks.all() if ask.pk not in answered]


class Answer(models.Model):
    """What the reply says to one ask."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="answers")
    ask = models.ForeignKey(Ask, models.CASCADE, related_name="answers")
    text = models.TextField(_("答复"), blank=True)

    class Meta:
        ordering = ["ask__order"]
        constraints = [models.UniqueConstraint(fields=["reply", "ask"], name="one_answer_an_ask")]


class Satisfaction(models.TextChoices):
    """The five values; the last is set by nobody, it is what remains when the date has passed."""

    SATISFIED = "satisfied", _("满意")
    BASICALLY = "basically", _("基本满意")
    UNDERSTANDS = "understands", _("理解")
    DISSATISFIED = "dissatisfied", _("不满意")
    NO_FEEDBACK = "no_feedback", _("未反馈")


class Rating(models.Model):
    """The first proposer's judgement of one round: how she was treated, and what came of it.

    Units never see it with a name; see `who.raters` and the entry's `seen_by`.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="ratings")
    round = models.PositiveSmallIntegerField(default=1)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    attitude = models.CharField(_("办理态度"), max_length=12, choices=Satisfaction)
    effect = models.CharField(_("办理效果"), max_length=12, choices=Satisfaction)
    comment = models.TextField(_("意见"), blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "round"], name="one_rating_a_round")
        ]

    @property
    def is_dissatisfied(self) -> bool:
        return Satisfaction.DISSATISFIED in (self.attitude, self.effect)
