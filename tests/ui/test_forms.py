"""Forms speak as a clerk does and keep what was typed."""

from __future__ import annotations

from django import forms
from django.template import engines

from shangliang.ui.forms import Cards, Day, wrong_fields


class Draft(forms.Form):
    title = forms.CharField(label="案由", max_length=5, help_text="一句话。")
    joint = forms.ChoiceField(
        label="提交方式", choices=[("a", "个人"), ("b", "联名")], widget=forms.RadioSelect
    )
    before = forms.DateField(label="联名截止日期", required=False, widget=Day)
    harmless = forms.BooleanField(label="不涉密")
    effect = forms.ChoiceField(
        label="效果",
        required=False,
        choices=[("a", "满意")],
        widget=Cards(hints={"a": "都有着落。"}),
    )
    own = forms.CharField(label="备注", error_messages={"required": "请说说为什么退回。"})


def tidy(html: str) -> str:
    return " ".join(html.split())


def test_an_error_says_what_is_missing_and_stands_beside_the_kept_input() -> None:
    form = Draft({"title": "这个案由太长了", "harmless": "on"})
    html = tidy(form["title"].as_field_group())
    assert "案由最多 5 个字，现在有 7 个字。" in html
    assert 'value="这个案由太长了"' in html
    assert 'aria-invalid="true" aria-describedby="id_title_helptext id_title_error"' in html
    assert html.index("<label") < html.index("一句话。") < html.index("最多") < html.index("<input")


def test_the_summary_uses_the_same_words_and_links_to_the_field() -> None:
    form = Draft({})
    found = {each["id"]: each["words"] for each in wrong_fields(form)}
    assert found == {
        "id_title": "请填写案由。",
        "id_joint_0": "请选择提交方式。",
        "id_harmless": "请勾选“不涉密”。",
        "id_own": "请说说为什么退回。",
    }
    for each in wrong_fields(form):
        assert each["words"] in form.as_div()


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = tidy(Draft({})["joint"].as_field_group())
    assert html.startswith('<fieldset class="field wrong"')
    assert 'aria-describedby="id_joint_error"' in html
    assert "<legend>提交方式</legend>" in html


def test_optional_fields_are_marked_and_required_ones_are_not() -> None:
    form = Draft()
    assert "（可不填）" in form["before"].as_field_group()
    assert "（可不填）" not in form["title"].as_field_group()
    assert 'type="date"' in form["before"].as_field_group()


def test_a_card_explains_its_choice() -> None:
    assert "都有着落。" in Draft()["effect"].as_field_group()


def test_an_unbound_form_has_no_summary_and_a_formset_has_one() -> None:
    assert wrong_fields(Draft()) == []
    rows = forms.formset_factory(Draft, min_num=1, validate_min=True)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    )
    words = [each["words"] for each in wrong_fields(rows)]
    assert "请填写案由。" in words


def test_the_title_of_a_page_with_errors_says_so_first() -> None:
    page = engines["django"].from_string("{% error_prefix %}写提案")
    assert page.render({"form": Draft({})}) == "错误：写提案"
    assert page.render({"form": Draft()}) == "写提案"
    assert page.render({}) == "写提案"


def test_both_ways_of_drawing_a_form_give_the_same_markup() -> None:
    form = Draft()
    assert tidy(form.as_div()) == tidy(str(form))
    assert "<ul" not in str(Draft({}))


def test_each_drawn_form_carries_its_own_key() -> None:
    page = engines["django"].from_string("{% key %}{% key %}")
    first, second = page.render({}).split("><")
    assert 'name="_key"' in first
    assert first.split("value=")[1][:37] != second.split("value=")[1][:37]
