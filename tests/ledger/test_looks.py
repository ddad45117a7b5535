"""The server's side of the books grows with every look, apart from the inbox, and an older ledger is given one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from alembic import command
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, insert

from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.arrivals import body_digest
from mailbot.ledger.engine import open_engine, writing
from mailbot.ledger.inbox import Tally
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.looking.absence import APART
from mailbot.ledger.looking.looked import Compared, Look
from mailbot.ledger.looking.uid_sets import uid_set, united
from mailbot.ledger.looks import Looks
from mailbot.ledger.schema import configuration
from mailbot.ledger.tables import FileRow, InboxRow
from mailbot.ledger.values import Changes, Settlement
from tests.ledger.examples import ACCOUNT, DAY, EPOCH, FOLDER, NOW, a_mail

OLD = b"a: b\n\nisi\n"
"""A mail kept before the upgrade."""
PLACE = (ACCOUNT, FOLDER, EPOCH)


@dataclass(frozen=True, slots=True)
class Shown:
    """A folder's list."""

    uids: tuple[int, ...]
    uid_next: int
    whole: bool = True


def test_what_was_shown_once_is_remembered_when_it_is_gone(ledger: Ledger) -> None:
    """Kept mail that leaves the server is no matter; mail that leaves it unkept is named, once it is gone."""
    ledger.inbox.keep([a_mail(1)], NOW)
    assert ledger.looks.is_new(PLACE)
    assert ledger.looks.compare(PLACE, Shown((1, 2, 3), 4), NOW) == Compared(wanted=(2, 3))
    assert ledger.looks.compare(PLACE, Shown((2, 6), 8), NOW + DAY) == Compared(wanted=(2, 6))
    (look,) = ledger.looks.all()
    assert look == Look(
        account=ACCOUNT,
        folder=FOLDER,
        uid_validity=EPOCH,
        first_at=NOW,
        looked_at=NOW + DAY,
        read_at=None,
        shown=frozenset({1, 2, 3, 6}),
        held=frozenset({2, 6}),
        overdue=frozenset({2}),
        absent=frozenset({3}),
        absent_since=NOW + DAY,
        first_uid_next=4,
        uid_next=8,
    )
    # 4, 5 and 7 were given to something the server never listed.
    assert look.never_shown == 3
    assert ledger.looks.at(PLACE) == look
    assert ledger.looks.at((ACCOUNT, FOLDER, EPOCH + 1)) is None
    assert not ledger.looks.is_new(PLACE)
    partly, whole = Shown((2,), 8, whole=False), Shown((2, 6), 8)
    assert ledger.looks.compare(PLACE, partly, NOW + 2 * DAY) == Compared(wanted=(2,))
    assert ledger.looks.all()[0].looked_at == NOW + DAY
    assert Looks(ledger.engine).compare(PLACE, whole, NOW + DAY) == Compared(wanted=(2, 6))
    assert Looks(ledger.engine).compare(PLACE, whole, NOW + DAY + APART) == Compared(wanted=(2, 6), gone=(3,))
    ledger.inbox.vanished(*PLACE, [3], NOW + 2 * DAY)
    assert ledger.looks.compare(PLACE, Shown((3, 6), 8), NOW + 2 * DAY) == Compared(wanted=(3, 6))
    assert ledger.inbox.keep([a_mail(3)], NOW + 2 * DAY) == 1
    assert ledger.looks.compare(PLACE, Shown((3,), 8), NOW + 3 * DAY) == Compared(gone=(2,))


def test_a_folder_is_read_as_of_the_moment_when_all_it_held_is_kept(ledger: Ledger) -> None:
    """A list that lacks some, and a mail that was listed and not kept, leave that moment where it was."""
    ledger.looks.compare(PLACE, Shown((1,), 2), NOW)
    assert [look.read_at for look in ledger.looks.moments()] == [None]
    ledger.inbox.keep([a_mail(1)], NOW)
    ledger.looks.read_whole(PLACE, NOW)
    assert [look.read_at for look in ledger.looks.moments()] == [NOW]
    ledger.looks.compare(PLACE, Shown((1,), 2, whole=False), NOW + DAY)
    ledger.looks.compare(PLACE, Shown((1, 2), 3), NOW + DAY)
    assert [look.read_at for look in ledger.looks.moments()] == [NOW]
    ledger.looks.compare(PLACE, Shown((1,), 3), NOW + DAY)
    ledger.looks.read_whole(PLACE, NOW + DAY)
    assert [look.read_at for look in ledger.looks.moments()] == [NOW]
    ledger.inbox.keep([a_mail(2)], NOW + DAY)
    ledger.looks.compare(PLACE, Shown((1,), 3), NOW + DAY)
    assert [look.read_at for look in ledger.looks.moments()] == [NOW + DAY]


def test_a_folder_is_read_whole_once_all_it_showed_is_kept(ledger: Ledger) -> None:
    """Not by being asked: what is listed must be in the inbox, and what is in the inbox must be worked."""
    heard = ledger.looks.heard_until
    assert (heard([]), heard([(ACCOUNT, FOLDER)])) == (None, None)
    ledger.looks.compare(PLACE, Shown((1,), 2), NOW)
    assert heard([(ACCOUNT, FOLDER)]) is None
    ledger.inbox.keep([a_mail(1)], NOW)
    ledger.looks.read_whole(PLACE, NOW - DAY)  # a look that is no longer the last one
    assert heard([(ACCOUNT, FOLDER)]) is None
    ledger.looks.read_whole(PLACE, NOW)
    ledger.looks.compare(PLACE, Shown((1, 2), 3), NOW + DAY)
    assert ledger.looks.moments()[0].read_at == NOW
    (mail,) = ledger.inbox.unsettled(1)
    assert heard([(ACCOUNT, FOLDER)]) == min(NOW, mail.received_at - timedelta(microseconds=1))
    ledger.commit(Changes(at=NOW, settled=(Settlement(mail=mail.id, outcome=MailOutcome.STRANGER),)))
    assert heard([(ACCOUNT, FOLDER)]) == NOW
    assert heard([(ACCOUNT, FOLDER), (ACCOUNT, "Junk")]) is None
    ledger.looks.compare((ACCOUNT, FOLDER, EPOCH + 1), Shown((), 1), NOW + 2 * DAY)
    assert heard([(ACCOUNT, FOLDER)]) == NOW + 2 * DAY


def test_a_folder_that_shows_the_same_costs_one_statement_of_an_index(ledger: Ledger) -> None:
    """However many mails it was ever shown with; and what another process has written meanwhile is looked at."""
    ledger.inbox.keep([a_mail(1), a_mail(2)], NOW)
    shown = Shown((1, 2), 3)
    assert ledger.looks.compare(PLACE, shown, NOW) == Compared()
    statements: list[str] = []
    event.listen(ledger.engine, "before_cursor_execute", lambda *seen: statements.append(seen[2].split()[0]))
    assert ledger.looks.compare(PLACE, shown, NOW + DAY) == Compared()
    assert "SELECT" not in statements
    (look,) = ledger.looks.all()
    assert look.looked_at == NOW + DAY
    other = Looks(ledger.engine)
    assert other.compare(PLACE, Shown((1, 2, 3), 4), NOW + DAY) == Compared(wanted=(3,))
    assert ledger.looks.compare(PLACE, shown, NOW + 2 * DAY) == Compared()
    assert ledger.looks.compare(PLACE, shown, NOW + 3 * DAY) == Compared(gone=(3,))


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)))
def test_sets_are_united_as_they_are_written(one: set[int], other: set[int]) -> None:
    """Joining two sets gives what writing all their UIDs gives."""
    assert united(uid_set(one), other) == uid_set(one | other)


def test_a_server_that_tells_no_next_number_passes_nothing_over(ledger: Ledger) -> None:
    """Some do not say what comes next."""
    ledger.looks.compare(PLACE, Shown((5,), 0), NOW)
    assert ledger.looks.all()[0].never_shown == 0


def test_the_inbox_is_tallied_by_place_with_copies_apart(ledger: Ledger) -> None:
    """A copy has the bytes of another mail, wherever that lies."""
    ledger.inbox.keep([a_mail(1), a_mail(2), a_mail(3, a_mail(1).raw)], NOW)
    ledger.inbox.vanished(ACCOUNT, "Junk", 5, [9], NOW)
    assert ledger.inbox.tallies() == {
        PLACE: Tally(uids=frozenset({1, 2, 3}), by_outcome={"": 2}, copies=1),
        (ACCOUNT, "Junk", 5): Tally(uids=frozenset({9}), by_outcome={"vanished": 1}, copies=0),
    }


ONE_BODY = b"Received: here\r\nMessage-ID: <1@x>\r\n\r\nIsi surat.\r\n"
SAME_BODY = b"Received: there\nMessage-ID: <1@x>\n\nIsi surat.\n\n"


def test_a_body_is_the_same_whatever_stands_above_it_and_however_its_lines_end() -> None:
    """Servers rewrite headers; nobody rewrites what was said."""
    assert body_digest(ONE_BODY) == body_digest(SAME_BODY)
    assert body_digest(ONE_BODY) != body_digest(ONE_BODY.replace(b"Isi", b"isi"))


def test_a_mail_that_comes_again_under_another_count_or_in_another_mailbox_is_a_copy(ledger: Ledger) -> None:
    """Same Message-ID and body: a folder moved to a new server, or a mail addressed to two mailboxes of ours (F4)."""
    first = replace(a_mail(1, ONE_BODY), message_id="<1@x>")
    anew = replace(first, uid_validity=EPOCH + 1, uid=70, raw=SAME_BODY)
    shared = replace(first, account="bersama@imap.example.go.id", raw=SAME_BODY.replace(b"there", b"elsewhere"))
    assert [ledger.inbox.keep([one], NOW) for one in (first, anew, shared)] == [1, 1, 1]
    rows = sorted(ledger.inbox.listing(), key=lambda mail: mail.id)
    assert [(row.outcome, row.same_as) for row in rows] == [
        (None, None),
        (MailOutcome.DUPLICATE, rows[0].id),
        (MailOutcome.DUPLICATE, rows[0].id),
    ]
    assert ledger.inbox.raw(rows[1].id) == SAME_BODY


def test_a_mail_sent_again_with_other_bytes_is_a_mail_of_its_own(ledger: Ledger) -> None:
    """Within one count of a folder, with another body, or without a Message-ID nothing is taken for a copy (F10)."""
    first = replace(a_mail(1, ONE_BODY), message_id="<1@x>")
    again = replace(first, uid=2, raw=SAME_BODY)
    other = replace(first, uid_validity=EPOCH + 1, raw=ONE_BODY.replace(b"Isi", b"Lain"))
    nameless = [replace(a_mail(8, ONE_BODY[:-9]), message_id=""), replace(a_mail(9, SAME_BODY[:-4]), message_id="")]
    nameless[1] = replace(nameless[1], uid_validity=EPOCH + 1)
    assert ledger.inbox.keep([first, again, other, nameless[0]], NOW) == 4
    assert ledger.inbox.keep([nameless[1]], NOW) == 1
    assert len(ledger.inbox.unsettled(10)) == 5


def test_an_older_ledger_is_given_its_looks_and_digests(url: str) -> None:
    """What was kept counts as what was shown, so that the first count after an upgrade agrees."""
    engine = open_engine(url)
    with engine.connect() as connection, connection.begin():
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with writing(engine) as connection:
        file = {"sha256": "aa", "size_bytes": 9, "media_type": "message/rfc822", "content": OLD, "kept_at": NOW}
        connection.execute(insert(FileRow).values(file))
        for uid, sha256 in ((1, "aa"), (4, None)):
            place = {"account": ACCOUNT, "folder": FOLDER, "uid_validity": EPOCH, "uid": uid}
            times = {"received_at": NOW, "kept_at": NOW, "attempts": 0, "server_done": False}
            words = dict.fromkeys(("message_id", "detail", "error"), "")
            rest = {"file_sha256": sha256, "size_bytes": 9, "truncated": False}
            connection.execute(insert(InboxRow).values(**place, **times, **words, **rest))
    engine.dispose()
    with open_ledger(url) as ledger:
        (look,) = ledger.looks.all()
        assert (look.shown, look.held, look.overdue) == (frozenset({1, 4}), frozenset({1, 4}), frozenset())
        assert (look.first_at, look.first_uid_next, look.uid_next) == (NOW, 5, 5)
        with writing(ledger.engine) as connection:
            digests = connection.exec_driver_sql("SELECT body_sha256 FROM inbox ORDER BY id").scalars().all()
        assert digests == [body_digest(OLD), ""]
