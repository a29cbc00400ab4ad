"""Small pictures drawn on the server: the ring, the band of used time, the line of a trend.

Widths and radii are SVG attributes, so that no style attribute is needed under a strict CSP.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .languages import listed

MANY = 4  # from here on the circles are drawn thinner
OUTER, INNER = 18.0, 8.5  # radii of the first and the last circle around the centre


def ring(filled: int, of: int = 4, label: str = "", size: str = "") -> SafeString:
    """Concentric circles filled from outside to the centre; the last step is the centre itself.

    A matter on its way is drawn in ink.  Only the closed circle carries the seal.  The label "-"
    makes it an ornament a screen reader passes over.
    """
    of = max(1, of)
    filled = min(max(0, filled), of)
    step = (OUTER - INNER) / max(1, of - 2)
    circles = format_html_join(
        "",
        '<circle class="{}" cx="20" cy="20" r="{}"/>',
        (("on" if i < filled else "off", f"{OUTER - i * step:.1f}") for i in range(of - 1)),
    )
    label = label or _("共 %(of)s 步，走过 %(filled)s 步") % {"of": of, "filled": filled}
    spoken = format_html('role="img" aria-label="{}"', label)
    return format_html(
        '<svg class="ring {}{}{}" viewBox="0 0 40 40" {}>{}<circle class="dot {}" cx="20" cy="20" '
        'r="{}"/></svg>',
        size,
        " many" if of > MANY else "",
        " closed" if filled == of else "",
        SafeString('aria-hidden="true"') if label == "-" else spoken,
        circles,
        "on" if filled == of else "off",
        f"{min(4.0, step * 0.75):.1f}",
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
    label = label or _("走势：%(values)s") % {"values": listed(f"{v:g}" for v in values)}
    return format_html(
        '<svg class="trend" viewBox="0 0 100 28" role="img" aria-label="{}">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2.6"/></svg>',
        label,
        " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        f"{points[-1][0]:.1f}",
        f"{points[-1][1]:.1f}",
    )
