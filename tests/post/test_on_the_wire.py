"""How a letter travels: whatever its bytes are, it ends where its writer ended it and nowhere before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailbot.post.smtp import on_the_wire

# Letters of the few bytes that matter here: line ends, dots, and one that stands for all others.
letters = st.lists(st.sampled_from([b"\r\n", b".", b"a"]), max_size=12).map(b"".join)


def as_received(wire: bytes) -> bytes:
    """Undo the transport as a server does (RFC 5321, 4.5.2)."""
    *lines, end, rest = wire.split(b"\r\n")
    assert (end, rest) == (b".", b"")
    assert b"." not in lines
    return b"".join(line.removeprefix(b".") + b"\r\n" for line in lines)


def test_a_dot_at_the_start_of_a_line_is_doubled() -> None:
    """And only there."""
    assert on_the_wire(b"a.b\r\n.\r\n..c\r\n") == b"a.b\r\n..\r\n...c\r\n.\r\n"


def test_a_last_line_without_an_end_gets_one() -> None:
    """The final dot stands on a line of its own."""
    assert on_the_wire(b"satu") == b"satu\r\n.\r\n"


@given(letter=letters)
def test_every_letter_arrives_whole(letter: bytes) -> None:
    """No letter ends early, and none changes but for a missing last line end."""
    ended = letter if letter.endswith(b"\r\n") or not letter else letter + b"\r\n"

    assert as_received(on_the_wire(letter)) == ended
