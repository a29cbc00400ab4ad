"""Forms with made-up fields, one of every sort, for the gallery and the tests."""

from django import forms

from .forms import Cards, Day, Files


class Writing(forms.Form):
    """A form with one field of every sort."""

    title = forms.CharField(
        label="案由", max_length=40, help_text="一句话说清要解决的一件事，不超过 40 个字。"
    )
    kind = forms.ChoiceField(
        label="类别", choices=[("", "请选择"), ("a", "城乡建设"), ("b", "社会建设")]
    )
    joint = forms.ChoiceField(
        label="提交方式",
        choices=[("one", "个人提案"), ("more", "联名提案")],
        widget=forms.RadioSelect,
    )
    before = forms.DateField(label="联名截止日期", required=False, widget=Day)
    situation = forms.CharField(label="情况", widget=forms.Textarea(attrs={"rows": 4}))
    paper = forms.FileField(
        label="附件",
        required=False,
        widget=Files,
        help_text="PDF、Word、Excel 或图片，每个不超过 20 MB，最多 20 个。",
    )
    effect = forms.ChoiceField(
        label="办理效果",
        choices=[("good", "满意"), ("fair", "基本满意"), ("bad", "不满意")],
        widget=Cards(hints={"good": "建议都有着落。", "bad": "将重新办理，请写明理由。"}),
    )
    harmless = forms.BooleanField(label="内容不涉及国家秘密", help_text="涉密内容请走机要渠道。")


LINE = forms.Textarea(attrs={"rows": 1})


class Rows(forms.Form):
    a = forms.CharField(initial="制定低层住户补偿的参考标准，由街道组织协商。", widget=LINE)
    b = forms.CharField(initial="五个窗口并为一窗，办理时限压到 30 天以内。", widget=LINE)
    c = forms.CharField(required=False, widget=LINE)


class Narrow(forms.Form):
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), ("1", "办理中")])
    q = forms.CharField(label="案由或编号", required=False)
    since = forms.DateField(label="提交日期不早于", required=False, widget=Day)
