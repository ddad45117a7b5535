"""What puts the letters of one unit and cycle into one thread, whoever wrote last, and whatever each is called.

Their common root is a Message-ID that no mail bears, made from the office's secret: nothing has to be remembered, a
letter that never left breaks no thread, and whoever joins late has the same one. Mail programs that go by References
need no more; those that go by the subject (Outlook) go by Thread-Topic first.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from mailbot.writing.letters.mime import header, is_message_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.letters import Answers, Letter

_MOST_REFERENCES = 20
_HEX_DIGITS = 16


def thread_root(secret: bytes, letter: Letter, mailbox: str) -> str:
    """Return the root of a letter's thread, the same for every letter of that unit and cycle; empty outside a cycle."""
    if not letter.cycle:
        return ""
    said = f"thread/{letter.cycle.casefold()}/{letter.unit.casefold()}"
    digest = hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()[:_HEX_DIGITS]
    return f"<thread.{digest}@{mailbox.rpartition('@')[2]}>"


def thread_headers(answers: Answers | None, root: str, topic: str) -> Iterator[bytes]:
    """Yield what puts a letter into its thread, and into that of the mail it answers.

    Args:
        answers: the mail it answers; None: it answers none.
        root: its thread's root; empty: it has none.
        topic: what its thread is called.
    """
    answered = answers.message_id if answers is not None and is_message_id(answers.message_id) else ""
    earlier = answers.references if answers is not None and answered else ()
    known = [one for one in earlier if is_message_id(one) and one not in {answered, root}][-_MOST_REFERENCES:]
    above = [one for one in (root, *known, answered) if one]
    if above:
        yield header("In-Reply-To", answered or root)
        yield header("References", " ".join(above))
    if root and topic:
        yield header("Thread-Topic", topic)
