"""Letters word for word: a story puts the whole of a letter beside the mail that caused it."""

from __future__ import annotations

import re
from inspect import cleandoc

from tests.office import CYCLE, Seen


def reads(letter: Seen, subject: str, text: str) -> None:
    """Hold a letter to its subject and to its whole text, line by line, as a mail program shows them.

    `mb1.*` is any reference: some follow from the report's bytes, of which this story says nothing. So does what a
    letter prints of the journal.
    """
    text = text.replace("mb1.*", letter.text.split()[-1])
    assert letter.subject == f"{subject} [DISDUKCAPIL-LKJIP/{CYCLE}]"
    assert re.sub(r"Saksi jurnal: .*\n", "", letter.text) == f"{cleandoc(text)}\n"
