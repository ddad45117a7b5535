"""How FETCH answers are read, in whatever order and company their parts come."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from mailbot.post.fetched import FetchAnswer, FetchPiece, fetch_answers

MORNING = datetime(2026, 11, 2, 1, tzinfo=UTC)


def test_an_answer_gives_all_its_parts() -> None:
    """UID, size, date and body of one mail."""
    pieces: list[FetchPiece] = [
        (b'1 (UID 11 RFC822.SIZE 4 INTERNALDATE "02-Nov-2026 08:00:00 +0700" BODY[] {4}', b"satu"),
        b")",
    ]

    assert list(fetch_answers(pieces)) == [
        FetchAnswer(uid=11, size_bytes=4, internal_date=MORNING, body=b"satu"),
    ]


def test_an_answer_nobody_asked_for_is_an_answer_without_a_body() -> None:
    """A flag somebody set: the mail's UID, and nothing else to take from it."""
    assert list(fetch_answers([b"9 (FLAGS (\\Seen) UID 44)", None])) == [
        FetchAnswer(uid=44, size_bytes=None, internal_date=None, body=None),
    ]


def test_a_keyword_cannot_pose_as_a_uid() -> None:
    """Anybody may set keywords named "UID" and "7"; they stand inside FLAGS and are not looked at."""
    assert [answer.uid for answer in fetch_answers([b"9 (FLAGS (UID 7 RFC822.SIZE 8) UID 44)"])] == [44]


def test_a_quoted_body_is_unquoted() -> None:
    """Short bodies may come as a quoted string, with backslashes before quotes and backslashes."""
    (answer,) = fetch_answers([rb'1 (UID 5 BODY[] "a \"b\" \\ c")'])

    assert answer.body == rb'a "b" \ c'


@given(
    body=st.binary(max_size=60),
    uid=st.integers(1, 2**32 - 1),
    size=st.integers(0, 2**40),
    order=st.permutations(["uid", "size", "date", "body", "flags"]),
)
def test_the_order_of_the_parts_makes_no_difference(body: bytes, uid: int, size: int, order: list[str]) -> None:
    """Servers put the parts as they like, also behind the body, and a body may look like anything."""
    words = {
        "uid": b"UID %d" % uid,
        "size": b"RFC822.SIZE %d" % size,
        "date": b'INTERNALDATE "02-Nov-2026 08:00:00 +0700"',
        "flags": b"FLAGS (\\Seen $Mailbot)",
    }
    before = b" ".join(words[name] for name in order[: order.index("body")])
    after = b" ".join(words[name] for name in order[order.index("body") + 1 :])
    pieces: list[FetchPiece] = [(b"1 (%b BODY[] {%d}" % (before, len(body)), body), b" %b)" % after]

    assert list(fetch_answers(pieces)) == [FetchAnswer(uid=uid, size_bytes=size, internal_date=MORNING, body=body)]
