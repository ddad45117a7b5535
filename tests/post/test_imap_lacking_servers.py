"""What `Mailbox` makes of IMAP servers that lack MOVE, UIDPLUS, keywords, IDLE or a marked folder."""

from __future__ import annotations

from time import monotonic

import pytest

from mailbot.post.fetched import Settled
from mailbot.post.imap import IDLE_SECONDS, INBOX, NOOP_EVERY_SECONDS, Mailbox
from tests.post.imap_scripts import ORDINARY, commands, imap
from tests.post.scripted import Line, Script, ScriptedServer

OK = b"{tag} OK done\r\n"
NO = b"{tag} NO not that one\r\n"
LISTED = b"* SEARCH 11 12\r\n" + OK


def settled(script: Script, keep_in: str | None = "Arsip") -> tuple[Settled, list[str]]:
    """Settle two mails on a scripted server; give the outcome and what was said to the server."""
    with ScriptedServer(script) as server, Mailbox(server.account()) as mailbox:
        outcome = mailbox.settle(INBOX, [11, 12], uid_validity=7, keep_in=keep_in)
    return outcome, [said for said in commands(server.lines[0]) if said.startswith(("UID", "EXPUNGE"))]


def test_move_is_used_when_the_server_tells_of_it_only_after_the_login() -> None:
    """Dovecot lists MOVE once the user is known; whoever asks only before falls back to harmful ways."""
    outcome, said = settled(imap(capabilities="IMAP4rev1 MOVE UIDPLUS", UID_MOVE=OK))

    assert (outcome, said) == (Settled.MOVED, ['UID MOVE 11,12 "Arsip"'])


def test_without_move_exactly_these_mails_are_copied_marked_and_expunged() -> None:
    """UID EXPUNGE names the mails; a plain EXPUNGE would take those of others too."""
    outcome, said = settled(imap(capabilities="IMAP4rev1 UIDPLUS", UID_COPY=OK, UID_STORE=OK, UID_EXPUNGE=OK))

    assert outcome is Settled.MOVED
    assert said == [
        'UID COPY 11,12 "Arsip"',
        r"UID STORE 11,12 +FLAGS.SILENT (\Deleted)",
        "UID EXPUNGE 11,12",
    ]


def test_what_could_not_be_copied_is_not_deleted() -> None:
    """A NO to COPY ends the move; nothing is marked, nothing expunged."""
    outcome, said = settled(imap(capabilities="IMAP4rev1 UIDPLUS", UID_COPY=NO))

    assert (outcome, said) == (Settled.LEFT, ['UID COPY 11,12 "Arsip"'])


def test_without_move_and_uidplus_the_mails_are_only_marked() -> None:
    """There is no safe way to take them out, so they stay, with a keyword for people to see."""
    outcome, said = settled(imap(UID_STORE=OK))

    assert (outcome, said) == (Settled.FLAGGED, ["UID STORE 11,12 +FLAGS.SILENT ($Mailbot)"])


def test_where_keywords_do_not_last_nothing_is_done_at_all() -> None:
    """A flag the server forgets is worth no command."""
    select = ORDINARY["SELECT"].replace(rb" \*", b"")

    assert settled(imap(SELECT=select), keep_in=None) == (Settled.LEFT, [])


def test_a_mailbox_that_may_only_be_read_is_left_alone() -> None:
    """A shared mailbox without the right to write is still a mailbox to read."""
    select = ORDINARY["SELECT"].replace(b"READ-WRITE", b"READ-ONLY")
    with (
        ScriptedServer(imap(SELECT=select, UID_SEARCH=b"* SEARCH 11\r\n" + OK)) as server,
        Mailbox(server.account()) as mailbox,
    ):
        outcome = mailbox.settle(INBOX, [11], uid_validity=7, keep_in="Arsip")

        assert outcome is Settled.LEFT
        assert mailbox.list_uids().uids == (11,)


def test_news_told_together_with_the_start_of_idle_is_not_slept_through() -> None:
    """The event and "+ idling" come in one segment; waiting ends at once, not at the time-out."""

    def idle(line: Line, tag: bytes) -> None:
        line.say(b"* 1 RECENT\r\n+ idling\r\n* 3 EXISTS\r\n")
        assert line.hear() == "DONE"
        line.say(tag + b" OK done\r\n")

    found = [b"* SEARCH 12\r\n" + OK, b"* SEARCH 12 13\r\n" + OK]
    script = imap(capabilities="IMAP4rev1 IDLE", IDLE=idle, UID_SEARCH=[LISTED, *found])
    began = monotonic()

    with ScriptedServer(script) as server, Mailbox(server.account()) as mailbox:
        mailbox.list_uids()
        assert mailbox.wait(IDLE_SECONDS)
    assert monotonic() - began < IDLE_SECONDS / 2


def test_news_told_behind_the_answer_to_a_search_is_not_slept_through() -> None:
    """A mail that comes while Dovecot searches: not found, told in the same breath, and never told again by IDLE."""

    def idle(line: Line, tag: bytes) -> None:
        line.say(b"+ idling\r\n")
        line.hear()

    behind = b"* SEARCH\r\n* 3 EXISTS\r\n* 1 RECENT\r\n" + OK
    script = imap(capabilities="IMAP4rev1 IDLE", IDLE=idle, UID_SEARCH=[LISTED, behind, b"* SEARCH 13\r\n" + OK])

    with ScriptedServer(script) as server, Mailbox(server.account()) as mailbox:
        mailbox.list_uids()
        assert mailbox.wait(IDLE_SECONDS)
    assert "IDLE" not in commands(server.lines[0])


def test_a_server_that_always_tells_how_many_there_are_is_asked_once_more_and_then_listened_to() -> None:
    """Nothing is new, whatever it says behind each answer: the question is not put again and again."""

    def idle(line: Line, tag: bytes) -> None:
        line.say(b"+ idling\r\n")
        assert line.hear() == "DONE"
        line.say(tag + b" OK done\r\n")

    always = b"* SEARCH 12\r\n* 2 EXISTS\r\n" + OK
    script = imap(capabilities="IMAP4rev1 IDLE", IDLE=idle, UID_SEARCH=[LISTED, always])

    with ScriptedServer(script) as server, Mailbox(server.account()) as mailbox:
        mailbox.list_uids()
        assert not mailbox.wait(0.2)
    said = commands(server.lines[0])
    assert (said.count("IDLE"), len([words for words in said if words.startswith("UID SEARCH")])) == (1, 5)


def test_chatter_during_idle_is_no_news() -> None:
    """A "still here" wakes us, the question after it shows nothing new, and the waiting goes on until there is news."""

    def idle(line: Line, tag: bytes) -> None:
        line.say(b"+ idling\r\n* OK Still here\r\n")
        assert line.hear() == "DONE"
        line.say(tag + b" OK done\r\n")

    def idle_until_news(line: Line, tag: bytes) -> None:
        line.say(b"+ idling\r\n* 3 EXISTS\r\n")
        assert line.hear() == "DONE"
        line.say(tag + b" OK done\r\n")

    old, new = b"* SEARCH 12\r\n" + OK, b"* SEARCH 12 13\r\n" + OK
    script = imap(capabilities="IMAP4rev1 IDLE", IDLE=[idle, idle_until_news], UID_SEARCH=[LISTED, old, old, new])

    with ScriptedServer(script) as server, Mailbox(server.account()) as mailbox:
        mailbox.list_uids()
        assert mailbox.wait(60.0)
    assert commands(server.lines[0]).count("IDLE") == 2


def test_a_server_that_refuses_idle_is_asked_instead() -> None:
    """IDLE announced and then refused: it is not tried again, and the next question finds the mail all the same."""
    nothing = b"* SEARCH\r\n" + OK
    found = [nothing, nothing, nothing, b"* SEARCH 13\r\n" + OK]
    script = imap(capabilities="IMAP4rev1 IDLE", IDLE=NO, UID_SEARCH=[LISTED, *found])

    with ScriptedServer(script) as server, Mailbox(server.account()) as mailbox:
        mailbox.list_uids()
        assert not mailbox.wait(0.2)
        assert mailbox.wait(2.0)
    assert commands(server.lines[0]).count("IDLE") == 1


def test_without_idle_the_server_is_asked_from_time_to_time() -> None:
    """NOOP and a question; what the server says meanwhile on its own shortens the pause."""

    def noop(line: Line, tag: bytes) -> None:
        line.say(tag + b" OK done\r\n")

    def search(line: Line, tag: bytes) -> None:
        line.say(b"* SEARCH\r\n" + tag + b" OK done\r\n", b"* 3 EXISTS\r\n")

    script = imap(NOOP=noop, UID_SEARCH=[LISTED, search, b"* SEARCH 13\r\n" + OK])
    began = monotonic()

    with ScriptedServer(script) as server, Mailbox(server.account()) as mailbox:
        mailbox.list_uids()
        assert mailbox.wait(60.0)
    assert monotonic() - began < NOOP_EVERY_SECONDS
    assert "IDLE" not in commands(server.lines[0])


@pytest.mark.parametrize(
    ("namespace", "created", "name"),
    [
        (None, OK, "Sent"),
        (b'* NAMESPACE (("" "/")) NIL NIL\r\n' + OK, OK, "Sent"),
        (b'* NAMESPACE (("INBOX." ".")) NIL NIL\r\n' + OK, OK, "INBOX.Sent"),
        (b"* NAMESPACE NIL NIL NIL\r\n" + OK, b"{tag} NO Permission denied\r\n", None),
    ],
)
def test_where_there_is_no_folder_for_sent_mail_one_is_made_where_the_server_lets_it(
    namespace: bytes | None, created: bytes, name: str | None
) -> None:
    """Below INBOX on Courier and Cyrus; a server that refuses is left as it is."""
    capabilities, answers = "IMAP4rev1", {"LIST": b'* LIST () "." "INBOX"\r\n' + OK, "CREATE": created}
    if namespace is not None:
        capabilities, answers = "IMAP4rev1 NAMESPACE", answers | {"NAMESPACE": namespace}
    with (
        ScriptedServer(imap(capabilities=capabilities, **answers)) as server,
        Mailbox(server.account()) as mailbox,
    ):
        assert mailbox.sent_folder(make=True) == name


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        (b'* LIST (\\HasNoChildren \\Sent) "/" "Surat Keluar"\r\n* LIST () "/" "Sent"\r\n', "Surat Keluar"),
        (b'* LIST () "." "INBOX"\r\n* LIST () "." "INBOX.Sent"\r\n', "INBOX.Sent"),
        (b'* LIST () "/" "Terkirim"\r\n', "Terkirim"),
        (b'* LIST (\\Noselect) "/" "[Gmail]"\r\n* LIST () "/" "[Gmail]/Sent Mail"\r\n', "[Gmail]/Sent Mail"),
        (b'* LIST () "/" "[Gmail]/Surat Terkirim"\r\n', "[Gmail]/Surat Terkirim"),
        (b'* LIST () "/" "Terkirim"\r\n* LIST () "/" "Sent"\r\n', "Sent"),
        (b'* LIST (\\Noselect \\Sent) "/" "Sent"\r\n* LIST () "/" "Item Terkirim"\r\n', "Item Terkirim"),
        (b'* LIST () "/" "Arsip/Sent"\r\n', None),
        (b'* LIST () "/" "INBOX"\r\n', None),
    ],
)
def test_the_folder_for_sent_mail_is_found_by_its_mark_or_by_its_name(listed: bytes, name: str | None) -> None:
    r"""`\Sent` first (RFC 6154), then what such folders are usually called."""
    with ScriptedServer(imap(LIST=listed + OK)) as server, Mailbox(server.account()) as mailbox:
        assert mailbox.sent_folder() == name
