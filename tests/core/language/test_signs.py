"""Signs beside words: what agrees says nothing of its own, any other face or hand does."""

from __future__ import annotations

import pytest

from mailbot.core.language.signs import AGREEING, makes_a_face, without_agreeing


@pytest.mark.parametrize("sign", sorted(set(AGREEING)))
def test_a_sign_that_agrees_is_taken_out_wherever_it_stands(sign: str) -> None:
    """Before, within and after the words, as often as it comes; it is no face that speaks."""
    assert without_agreeing(f"{sign}Baik{sign} Pak{sign}{sign}") == "Baik Pak"
    assert not makes_a_face(f"Baik {sign}")


@pytest.mark.parametrize(
    "sign", "\u2639\u26a0\u2753\U0001f44a\U0001f44e\U0001f494\U0001f605\U0001f621\U0001f644\U0001f914\U0001f97a"
)
def test_a_face_that_does_not_agree_speaks(sign: str) -> None:
    """Also beside one that agrees."""
    assert makes_a_face(f"Terima kasih \U0001f64f {sign}")


@pytest.mark.parametrize(
    "text", ["Terima kasih.", "", "\u2022 Telepon \u260e (0335) 421234", "\U0001f3e2 Jalan Panglima Sudirman 19"]
)
def test_what_adorns_a_signature_is_no_face(text: str) -> None:
    """A telephone, a house, a bullet."""
    assert not makes_a_face(text)
