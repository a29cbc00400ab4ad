"""The colours keep their contrast on paper, on a sheet and in the dark."""

from __future__ import annotations

import re

import pytest

from .colour import blocks, contrast, linear, of_hex, palette

GROUNDS = ("paper", "sheet", "well")
TEXT = [(ink, ground) for ink in ("ink", "quiet") for ground in (*GROUNDS, "mark")]
TEXT.remove(("quiet", "mark"))
TEXT += [(ink, ground) for ink in ("seal", "done", "soon", "info") for ground in ("paper", "sheet")]
TEXT += [("on-seal", "seal-fill"), ("on-seal", "seal-press")]
TEXT += [("ink", f"{each}-ground") for each in ("seal", "done", "soon", "info")]
TEXT += [("seal", "seal-ground"), ("done", "done-ground"), ("soon", "soon-ground")]
SHAPES = [("edge", "paper"), ("edge", "sheet"), ("seal-fill", "paper"), ("seal-fill", "sheet")]
SHAPES += [
    (f"chart-{name}", ground)
    for name in ("green", "blue", "yellow", "brown", "red")
    for ground in ("paper", "sheet")
]
THEMES = ("light", "dark", "plain")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_on_its_ground(theme: str, ink: str, ground: str) -> None:
    colours = palette(theme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_borders_and_shapes_stand_out_on_their_ground(theme: str, shape: str, ground: str) -> None:
    colours = palette(theme)
    assert contrast(colours[shape], colours[ground]) >= 3


def test_chosen_and_given_dark_are_the_same_dark() -> None:
    def tidy(body: str) -> list[str]:
        return [line.strip() for line in body.splitlines() if line.strip()]

    assert tidy(blocks()["dark"]) == tidy(blocks()["chosen dark"])


def test_old_phones_get_every_colour_too() -> None:
    named = set(re.findall(r"--([\w-]+):\s*oklch", blocks()["light"]))
    assert named == set(palette("plain"))


def test_the_arithmetic_agrees_with_known_colours() -> None:
    assert linear(1, 0, 0) == pytest.approx((1, 1, 1), abs=1e-6)
    # #ff0000 is oklch(0.62796 0.25768 29.2339), CSS Color 4
    assert linear(0.62796, 0.25768, 29.2339) == pytest.approx((1, 0, 0), abs=1e-3)
    assert contrast(of_hex("000000"), of_hex("ffffff")) == pytest.approx(21)
    assert contrast(of_hex("777777"), of_hex("ffffff")) == pytest.approx(4.48, abs=0.01)
