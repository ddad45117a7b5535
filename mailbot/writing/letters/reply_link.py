"""The link behind a reply word: it opens a mail to us with subject and word filled in, and does nothing by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from mailbot.core.language.reply_words import Word

_CODE = re.compile(r"\d{6}")
_WORDS = frozenset(word.value for word in Word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """To whom a letter is answered, and how the subject of an answer ends that begins with the letter's matter."""

    mailbox: str
    subject_end: str
    """The cycle in brackets, then the letter's reference, by which a mail without a thread is known to answer it."""

    def link(self, matter: str, answer: str) -> str:
        """Return a `mailto:` link for a reply word with what belongs to it; empty for anything else, and for a code.

        A code proves who writes only while it has to be read out of the letter and typed.
        """
        if answer.partition(" ")[0] not in _WORDS or _CODE.search(answer):
            return ""
        subject = f"Re: {matter} {self.subject_end}"
        return f"mailto:{quote(self.mailbox, safe='@.-_+')}?subject={quote(subject, safe='')}&body={quote(answer)}"
