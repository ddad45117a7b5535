"""Who wrote a mail, as far as anybody can tell: what a signature leaves open, and who held a post before (S3, S5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.mail import Proof

if TYPE_CHECKING:
    from mailbot.core.sorting.placing import Desk


def as_signed(desk: Desk) -> Desk:
    """Return the desk with a mail that proves nothing, where its signed body by itself says another word.

    What part of a body is the text, and how that is written, is said by the header; where nothing proves that, somebody
    else may have said it.
    """
    mail = desk.mail
    if mail.words_of_body is None or mail.proof is not Proof.AUTHENTICATED:
        return desk
    alone = replace(desk, mail=replace(mail, own_words=mail.words_of_body, renderings_agree=True)).said
    same = (alone.word, alone.arguments) == (desk.said.word, desk.said.arguments)
    return desk if same else replace(desk, mail=replace(mail, proof=Proof.NONE))
