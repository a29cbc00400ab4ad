"""OKLCH to sRGB and WCAG contrast, in plain arithmetic (Björn Ottosson's OKLab matrices)."""

from __future__ import annotations

import math
import re
from pathlib import Path

CSS = Path(__file__).parents[2] / "shangliang" / "ui" / "static" / "ui" / "css"
OKLCH = re.compile(r"--([\w-]+):\s*oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);")
HEX = re.compile(r"--([\w-]+):\s*#([0-9a-f]{6})\b")


def linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    rgb = (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )
    red, green, blue = (min(1.0, max(0.0, each)) for each in rgb)
    return red, green, blue


def of_hex(six: str) -> tuple[float, float, float]:
    def opened(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (opened(int(six[i : i + 2], 16) / 255) for i in (0, 2, 4))
    return red, green, blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    def luminance(rgb: tuple[float, float, float]) -> float:
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def blocks() -> dict[str, str]:
    """The bodies of the token file by the selector that opens them."""
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    return {
        "light": text.split("\n  :root {")[1].split("}")[0],
        "dark": text.split(':root:not([data-theme="light"]) {')[1].split("}")[0],
        "chosen dark": text.split(':root[data-theme="dark"] {')[1].split("}")[0],
        "plain": text.split(":root:root:root {")[1].split("}")[0],
    }


def palette(theme: str) -> dict[str, tuple[float, float, float]]:
    """Linear sRGB of every colour token; a dark theme inherits what it does not name."""
    body = blocks()[theme]
    if theme == "plain":
        return {name: of_hex(six) for name, six in HEX.findall(body)}
    found = {
        name: linear(float(lightness), float(chroma), float(hue))
        for name, lightness, chroma, hue in OKLCH.findall(body)
    }
    return found if theme == "light" else {**palette("light"), **found}
