"""Whom a refusal blames: the letter, the account, or nobody can say; by the kept replies of servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.errors import Refused
from mailbot.post.blame import Blame, blamed

KEPT = Path(__file__).parents[1] / "cases" / "post" / "refusals.tsv"
REPLIES = [line.split("\t") for line in KEPT.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("command", "reply", "blame"), REPLIES, ids=[" ".join(row[:2]) for row in REPLIES])
def test_a_refusal_blames_whom_it_speaks_of(command: str, reply: str, blame: str) -> None:
    """Only what is known to be the letter's own fault is held against it (P3)."""
    refusal = Refused(permanent=True, code=int(reply[:3]), reply=reply[3:].lstrip("- "), command=command)
    assert blamed(refusal) is Blame(blame)


@pytest.mark.parametrize(
    ("command", "reply", "blame"),
    [
        ("MAIL", "4.3.0 Temporary failure", Blame.ACCOUNT),
        ("RCPT", "4.7.1 Greylisted, try again later", Blame.UNCLEAR),
        ("RCPT", "4.2.2 The mailbox is over quota", Blame.LETTER),
        ("DATA", "4.7.0 Too many messages sent, try again in an hour", Blame.ACCOUNT),
        ("RCPT", "4.2.0 try again later", Blame.UNCLEAR),
        ("", "5.1.3 'x y' is not a mail address", Blame.LETTER),
    ],
)
def test_what_is_refused_for_now_blames_alike(command: str, reply: str, blame: Blame) -> None:
    """A limit that is reached for an hour is no fault of the letters that wait; greylisting is about one of them."""
    assert blamed(Refused(permanent=False, code=450, reply=reply, command=command)) is blame
