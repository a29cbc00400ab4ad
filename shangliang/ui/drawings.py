"""Small pictures drawn on the server: the ring, the band of used time, the line of a trend.

Widths and radii are SVG attributes, so that no style attribute is needed under a strict CSP.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

OUTER, STROKE = 18.0, 2.6


def ring(filled: int, of: int = 4, label: str = "", size: str = "") -> SafeString:
    """Concentric circles filled from outside to the centre; the last step is the centre itself.

    A matter on its way is drawn in ink.  Only the closed circle carries the seal.
    """
    of = max(1, of)
    filled = min(max(0, filled), of)
    step = OUTER / of
    circles = format_html_join(
        "",
        '<circle class="{}" cx="20" cy="20" r="{}"/>',
        (("on" if i < filled else "off", f"{OUTER - i * step:.1f}") for i in range(of - 1)),
    )
    dot = "dot on" if filled == of else "dot off"
    label = label or _("共 %(of)s 步，走过 %(filled)s 步") % {"of": of, "filled": filled}
    return format_html(
        '<svg class="ring {}{}" viewBox="0 0 40 40" role="img" aria-label="{}">'
        '{}<circle class="{}" cx="20" cy="20" r="{}"/></svg>',
        size,
        " closed" if filled == of else "",
        label,
        circles,
        dot,
        f"{min(4.5, step * 0.6):.1f}",
    )


def band(share: float, state: str = "", label: str = "") -> SafeString:
    """A thin band that shows how much of the time is used, 0 to 1."""
    share = min(max(0.0, float(share)), 1.0)
    percent = round(share * 100)
    label = label or _("时间已用 %(percent)s%%") % {"percent": percent}
    return format_html(
        '<svg class="band {}" role="img" aria-label="{}" width="100%" height="6">'
        '<rect class="off" width="100%" height="6" rx="3"/>'
        '<rect class="on" width="{}%" height="6" rx="3"/></svg>',
        state,
        label,
        percent,
    )


def trend(values: Sequence[float], label: str = "") -> SafeString:
    """A small line through the values, oldest first, with the last one marked."""
    if len(values) < 2:
        return SafeString("")
    low, high = min(values), max(values)
    spread = (high - low) or 1
    points = [
        (3 + 94 * i / (len(values) - 1), 25 - 22 * (value - low) / spread)
        for i, value in enumerate(values)
    ]
    label = label or _("走势：%(values)s") % {"values": "、".join(f"{v:g}" for v in values)}
    return format_html(
        '<svg class="trend" viewBox="0 0 100 28" role="img" aria-label="{}">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2.6"/></svg>',
        label,
        " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        f"{points[-1][0]:.1f}",
        f"{points[-1][1]:.1f}",
    )
