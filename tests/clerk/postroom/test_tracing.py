"""Mail comes to the mailbox of three offices: whose it is, is found in their ledgers, keys and lists."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP

from mailbot.clerk.postroom.tracing import traces_of
from mailbot.core.postroom.traces import Hand, Traces
from mailbot.core.postroom.whose import Doubt, Whose, whose
from tests.clerk.postroom.three import BOARD, KEYS, OneOfThree, read, stamp, three

HEAD, ADDRESS = "kabid-piak", "kabid.piak@{}.example.go.id"
ALL = frozenset(KEYS)


def traced(raw: bytes, *offices: OneOfThree) -> Traces:
    """Return what of a mail points to which office."""
    return traces_of(read(offices[0], raw), raw, [one.sharer for one in offices], stamp)


def renamed(raw: bytes, **fields: str) -> bytes:
    """Return a mail with other header fields: `to=`, `in_reply_to=`."""
    mail = message_from_bytes(raw, policy=SMTP)
    for name, value in fields.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    return mail.as_bytes()


def bounce_of(letter: bytes, address: str) -> bytes:
    """Return a server's report that a letter did not reach an address."""
    return (
        b"From: MAILER-DAEMON@mx.example.go.id\r\nTo: lkjip.disdukcapil@example.go.id\r\nSubject: Undelivered\r\n"
        b"Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="-="\r\n\r\n'
        b"---=\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        b"---=\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.go.id\r\n\r\n"
        b"Final-Recipient: rfc822; " + address.encode() + b"\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"---=\r\nContent-Type: message/rfc822\r\n\r\n" + letter + b"\r\n---=--\r\n"
    )


def test_heads_of_two_offices_write_to_one_address() -> None:
    """Each is listed in his own."""
    a, b, c = three()
    for office in (a, b):
        assert whose(traced(office.mail(HEAD, None, "STATUS"), a, b, c)) == Whose(office=office.key)


def test_who_is_listed_everywhere_is_told_apart_by_the_letter_he_answers() -> None:
    """Its Message-ID, or its reference in what he quotes; without either nobody knows."""
    a, b, c = three()
    letter = b.letter(HEAD, "request")
    answer = b.mail(HEAD, letter, "Baik.", address=BOARD)
    assert traced(answer, a, b, c) == Traces(letters=frozenset({"bukit"}), listed=ALL)
    quoting = renamed(answer, in_reply_to="<lain@luar.example>", references="<lain@luar.example>")
    assert traced(quoting, a, b, c).letters == {"bukit"}
    anew = traced(b.mail(HEAD, None, "Mohon data.", address=BOARD), a, b, c)
    assert whose(anew) == Whose(doubt=Doubt.LISTED_IN_SEVERAL, ask=True)


def test_a_form_bears_the_stamp_of_the_office_that_made_it() -> None:
    """Whoever sends it, under whatever name; the same form with a stamp that does not hold bears none."""
    a, b, c = three()
    name, form = a.filled("PIAK")
    from_a_colleague = a.mail(HEAD, None, "Terlampir.", ("data.xlsx", form), address="staf@gratis.example")
    assert traced(from_a_colleague, a, b, c) == Traces(forms=frozenset({"alun"}))
    in_answer = a.mail(HEAD, a.letter(HEAD, "request"), "Terlampir.", b.filled("PIAK"))
    found = traced(in_answer, a, b, c)
    assert found.letters == {"alun"}
    assert found.forms == {"bukit"}
    assert whose(found) == Whose(doubt=Doubt.LETTER_AND_FORM, ask=True)
    strange = replace(a.sharer, secret=b"another key")
    raw = a.mail(HEAD, None, "Terlampir.", (name, form), address=BOARD)
    assert traces_of(read(a, raw), raw, [strange, b.sharer], stamp).forms == frozenset()


def test_who_writes_to_a_tag_says_what_he_likes() -> None:
    """It is seen in whatever field a server or a sender writes it; a tag that names no office says nothing."""
    a, b, c = three()
    local, _, domain = a.office.mailbox.partition("@")
    raw = a.mail(HEAD, a.letter(HEAD, "request"), "Baik.")
    assert traced(renamed(raw, to=f"{local}+belanja@{domain}"), a, b, c).plus == frozenset()
    for field in ("to", "cc", "delivered_to"):
        found = traced(renamed(raw, **{field: f"Lapor <{local}+Candi@{domain}>"}), a, b, c)
        assert found.letters == {"alun"}
        assert found.plus == {"candi"}
        assert whose(found) == Whose(doubt=Doubt.ANOTHER_ADDRESS, ask=True)


def test_a_report_is_about_the_letter_that_it_gives_back() -> None:
    """Whatever that letter refers to itself; one about nothing of ours is nobody's."""
    a, b, c = three()
    letter = a.letter(HEAD, "request")
    gives_back = letter.raw.replace(
        b"Message-ID:", f"References: {b.letter(HEAD, 'request').message_id}\r\nMessage-ID:".encode(), 1
    )
    found = traced(bounce_of(gives_back, letter.address), a, b, c)
    assert found.hand is Hand.REPORT
    assert found.letters == {"alun"}
    assert whose(found) == Whose(office="alun")
    ours_not = gives_back.replace(b"mb1.", b"xx1.")
    assert whose(traced(bounce_of(ours_not, letter.address), a, b, c)) == Whose(doubt=Doubt.NOBODY)


def test_a_robot_is_placed_and_never_asked() -> None:
    """An absence in answer to a letter is the office's whose letter it was."""
    a, b, c = three()
    absent = (("Auto-Submitted", "auto-replied"),)
    reply = a.mail(HEAD, a.letter(HEAD, "request"), "Saya cuti.", address=BOARD, extra=absent)
    assert whose(traced(reply, a, b, c)) == Whose(office="alun")
    anew = a.mail(HEAD, None, "Saya cuti.", address=BOARD, extra=absent)
    assert whose(traced(anew, a, b, c)) == Whose(doubt=Doubt.LISTED_IN_SEVERAL)


def test_a_letter_that_somebody_has_got_to_know_of_opens_no_door() -> None:
    """Who is at home in another office names it, forwards two, or answers one that is gone."""
    a, b, c = three()
    forged = b.mail(HEAD, a.letter(HEAD, "request"), "Setuju.")
    assert whose(traced(forged, a, b, c)) == Whose(doubt=Doubt.LISTED_ELSEWHERE, ask=True)
    both = renamed(forged, references=f"{a.letter(HEAD, 'request').message_id} {b.letter(HEAD, 'request').message_id}")
    assert whose(traced(both, a, b, c)) == Whose(doubt=Doubt.TWO_LETTERS, ask=True)
    # The office whose letter it was is here no more.
    assert whose(traced(forged, b, c)) == Whose(doubt=Doubt.GONE_LETTER, ask=True)
    stranger = a.mail(HEAD, None, "Penawaran.", address="toko@luar.example")
    assert whose(traced(stranger, a, b, c)) == Whose(doubt=Doubt.NOBODY)


def test_who_held_a_post_is_known_where_nobody_else_is() -> None:
    """He is told whose word it is now, by the office that knew him; where another lists him, it is that one's."""
    a, b, c = three()
    over = a.office.calendar.local(a.clock()).date().replace(day=1)
    people = tuple(replace(one, until=over) if one.key == HEAD else one for one in a.office.roster.people)
    former = replace(a.sharer, office=replace(a.office, roster=replace(a.office.roster, people=people)))
    raw = a.mail(HEAD, None, "STATUS")
    assert traces_of(read(a, raw), raw, [former, b.sharer, c.sharer], stamp).listed == {"alun"}
    moved = replace(b.office.roster.person(HEAD), addresses=(ADDRESS.format("alun"),))
    roster = replace(b.office.roster, people=(*b.office.roster.people, moved))
    now = replace(b.sharer, office=replace(b.office, roster=roster))
    assert traces_of(read(a, raw), raw, [former, now, c.sharer], stamp).listed == {"bukit"}
