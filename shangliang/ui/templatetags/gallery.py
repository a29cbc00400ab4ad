"""{% specimen %}: a part drawn with a dictionary of inputs, for the page that shows all parts."""

from typing import Any

from django import template
from django.template import Context, Engine
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def specimen(context: Context, template_name: str, inputs: dict[str, Any]) -> SafeString:
    drawn = Engine.get_default().get_template(template_name)
    with context.push(**inputs):
        return drawn.render(context)
