"""What `Mailbox` makes of IMAP servers that say something out of turn, break off, or lie."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from mailbot.errors import PostUnavailable
from mailbot.post.fetched import FetchedMail
from mailbot.post.imap import INBOX, MOST_GOODBYES, Mailbox
from tests.post.imap_scripts import ORDINARY, commands, imap, mail, sizes
from tests.post.scripted import Line, Script, ScriptedServer

LIMIT = 1_000_000
OK = b"{tag} OK done\r\n"
NO = b"{tag} NO not that one\r\n"
MORNING = datetime(2026, 11, 2, 1, tzinfo=UTC)
LISTED = b"* SEARCH 11 12\r\n" + OK


def fetched(script: Script, *uids: int) -> list[FetchedMail]:
    """Fetch mails from a scripted server."""
    with ScriptedServer(script) as server, Mailbox(server.account()) as mailbox:
        return list(mailbox.fetch(INBOX, uids, size_limit_bytes=LIMIT))


def test_a_mail_is_matched_by_its_uid_whatever_else_is_said() -> None:
    """Flags of other mails, new arrivals and an order of the server's own do not mix the mails up."""
    noise = b"* 9 FETCH (FLAGS (\\Seen UID 11) UID 44)\r\n* 3 EXISTS\r\n* 1 EXPUNGE\r\n"
    late_uid = b"* 2 FETCH (RFC822.SIZE 3 BODY[] {3}\r\ndua UID 12)\r\n"
    answer = noise + late_uid + noise + mail(11, b"satu") + b"{tag} OK done\r\n"

    mails = fetched(imap(UID_FETCH=[sizes(11, 12), answer]), 11, 12)

    assert {each.uid: each.raw for each in mails} == {11: b"satu", 12: b"dua"}


def test_a_whole_value_comes_out_of_a_fetch() -> None:
    """Every field, the date in UTC."""
    assert fetched(imap(UID_FETCH=[sizes(11, size=4), mail(11, b"satu") + OK]), 11) == [
        FetchedMail(
            folder=INBOX,
            uid_validity=7,
            uid=11,
            size_bytes=4,
            internal_date=MORNING,
            raw=b"satu",
            truncated=False,
        )
    ]


def test_a_server_that_states_a_wrong_size_is_believed_in_the_bytes(caplog: pytest.LogCaptureFixture) -> None:
    """What came is what is kept; the difference is logged and stands in the value."""
    (odd,) = fetched(imap(UID_FETCH=[sizes(11, size=99), mail(11, b"satu", size=99) + OK]), 11)

    assert (odd.raw, odd.size_bytes) == (b"satu", 99)
    assert "the server states 99 bytes, 4 came" in caplog.text


@pytest.mark.parametrize(
    "first",
    [
        mail(11, b"satu") + OK,
        mail(11, b"satu") + b"* 2 FETCH (UID 12 RFC822.SIZE 3 BODY[] NIL)\r\n" + OK,
        NO,
    ],
    ids=["missing", "nil", "whole command refused"],
)
def test_what_did_not_come_in_the_batch_is_asked_for_by_itself(first: bytes) -> None:
    """One mail the server stumbles over does not hide the others, and gets a second chance."""
    again = [mail(12, b"dua") + OK] if first != NO else [mail(11, b"satu") + OK, mail(12, b"dua") + OK]

    mails = fetched(imap(UID_FETCH=[sizes(11, 12), first, *again]), 11, 12)

    assert [(each.uid, each.raw) for each in mails] == [(11, b"satu"), (12, b"dua")]


def test_a_mail_whose_body_is_never_there_does_not_come_out() -> None:
    """NIL twice over: it is to be tried at the next pass."""
    nil = b"* 2 FETCH (UID 12 RFC822.SIZE 3 BODY[] NIL)\r\n"
    answers = [sizes(11, 12), mail(11, b"satu") + nil + OK, nil + OK]
    script = imap(UID_FETCH=answers)

    with ScriptedServer(script) as server, Mailbox(server.account()) as mailbox:
        came = [each.uid for each in mailbox.fetch(INBOX, [11, 12], size_limit_bytes=LIMIT)]

    assert came == [11]


@pytest.mark.parametrize("answer", [NO, b"{tag} BAD what?\r\n", b"* SEARCH 11\r\n{tag} NO [SERVERBUG] half way\r\n"])
@pytest.mark.parametrize("command", ["EXAMINE", "UID_SEARCH"])
def test_a_folder_that_the_server_will_not_list_is_not_read(command: str, answer: bytes) -> None:
    """It is no empty folder: the server answered, and said no."""
    script = imap(EXAMINE=answer) if command == "EXAMINE" else imap(UID_SEARCH=answer)
    with (
        ScriptedServer(script) as server,
        Mailbox(server.account()) as mailbox,
        pytest.raises(PostUnavailable) as refused,
    ):
        mailbox.list_uids(INBOX)

    assert refused.value.answered
    assert not refused.value.credentials


@pytest.mark.parametrize(
    ("listed", "whole"),
    [
        (b"* SEARCH 11 12\r\n", True),
        (b"* SEARCH 11\r\n", False),
        (b"* SEARCH\r\n", False),
        (b"", False),
        (b"* 2 EXPUNGE\r\n* SEARCH 11\r\n", True),
        (b"* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n* SEARCH\r\n", True),
        (b"* 3 EXISTS\r\n* SEARCH 11 12 13\r\n", True),
    ],
)
def test_a_list_is_whole_if_it_names_as_many_mails_as_the_folder_holds(listed: bytes, *, whole: bool) -> None:
    """A server that ends well and lists less than it has just told stumbled; mails taken away meanwhile count."""
    with ScriptedServer(imap(UID_SEARCH=listed + OK)) as server, Mailbox(server.account()) as mailbox:
        assert mailbox.list_uids(INBOX).whole is whole


def test_an_empty_mail_is_a_mail() -> None:
    """Nought bytes, as a literal or as a quoted string, are a body."""
    quoted = b'* 2 FETCH (UID 12 RFC822.SIZE 0 BODY[] "")\r\n'

    mails = fetched(imap(UID_FETCH=[sizes(11, 12, size=0), mail(11, b"") + quoted + OK]), 11, 12)

    assert [(each.uid, each.raw) for each in mails] == [(11, b""), (12, b"")]


def test_a_date_that_is_nonsense_does_not_stop_the_mail() -> None:
    """Then the time of reading stands in for it."""
    answer = mail(11, b"satu").replace(b" 2-Nov-2026", b"99-Foo-2026") + OK
    before = datetime.now(UTC)

    (odd,) = fetched(imap(UID_FETCH=[sizes(11, size=4), answer]), 11)

    assert before <= odd.internal_date <= datetime.now(UTC)


def test_headers_of_an_oversize_mail_are_asked_for_with_a_limit_of_their_own() -> None:
    """Headers can be megabytes as well; a hundred kilobytes must do."""
    header = b"* 1 FETCH (UID 11 RFC822.SIZE 9000000 BODY[HEADER]<0> {16}\r\nSubject: besar\r\n)\r\n"
    script = imap(UID_FETCH=[sizes(11, size=9_000_000), header + OK])
    with ScriptedServer(script) as server, Mailbox(server.account()) as mailbox:
        (large,) = mailbox.fetch(INBOX, [11], size_limit_bytes=LIMIT)

    assert (large.raw, large.truncated, large.size_bytes) == (b"Subject: besar\r\n", True, 9_000_000)
    assert commands(server.lines[0])[-1].endswith("BODY.PEEK[HEADER]<0.102400>)")


def test_a_line_longer_than_imaplib_allows_is_read() -> None:
    """The parser underneath gives up at 1,000,000 bytes; a long list of numbers is longer."""
    found = b"* SEARCH " + b" ".join(b"%d" % uid for uid in range(13, 200_000)) + b"\r\n{tag} OK done\r\n"
    with ScriptedServer(imap(UID_SEARCH=[LISTED, found])) as server, Mailbox(server.account()) as mailbox:
        mailbox.list_uids()
        assert mailbox.wait(5.0)


def test_a_server_that_says_goodbye_is_unavailable_and_no_longer_used() -> None:
    """After BYE the connection is closed for good, and says so."""
    with ScriptedServer(imap(EXAMINE=b"* BYE restarting\r\n")) as server, Mailbox(server.account()) as mailbox:
        with pytest.raises(PostUnavailable, match="the connection failed while listing INBOX"):
            mailbox.list_uids()
        with pytest.raises(PostUnavailable, match="is closed; open a new one"):
            mailbox.list_uids()


def hangs_up_over(*odd: int) -> Script:
    """Make a server that says BYE to a FETCH of one of these mails, as Dovecot does of what it cannot read."""

    def script(line: Line) -> None:
        imap(UID_FETCH=fetches)(line)

    def fetches(line: Line, tag: bytes) -> None:
        asked = [int(uid) for uid in line.heard[-1].split()[3].split(",")]
        if "BODY" not in line.heard[-1]:
            line.say(sizes(*asked).replace(b"{tag}", tag))
        elif set(asked) & set(odd):
            line.say("* BYE FETCH failed: Internal error occurred.")
            line.hang_up()
        else:
            line.say(*(mail(uid, b"ada") for uid in asked), OK.replace(b"{tag}", tag))

    return script


@pytest.mark.parametrize("odd", [(12,), (11, 13)])
def test_a_server_that_hangs_up_over_a_mail_gives_all_others(odd: tuple[int, ...]) -> None:
    """One broken mail does not keep a mailbox from being read: we come back, and ask for each by itself."""
    script = hangs_up_over(*odd)
    with ScriptedServer(*[script] * (len(odd) + 2)) as server, Mailbox(server.account()) as mailbox:
        came = [each.uid for each in mailbox.fetch(INBOX, [11, 12, 13], size_limit_bytes=LIMIT)]
    assert came == [uid for uid in (11, 12, 13) if uid not in odd]


def test_a_server_that_hangs_up_time_and_again_is_left_for_later() -> None:
    """Where no mail comes at all, it is not asked without end; what came before is out."""
    many = range(12, 12 + 2 * MOST_GOODBYES)
    scripts = [hangs_up_over(*many)] * (MOST_GOODBYES + 2)
    came: list[int] = []
    with (
        ScriptedServer(*scripts) as server,
        Mailbox(server.account()) as mailbox,
        pytest.raises(PostUnavailable, match="fetching from INBOX"),
    ):
        came.extend(each.uid for each in mailbox.fetch(INBOX, [11, *many], size_limit_bytes=LIMIT))
    assert (came, len(server.lines)) == ([11], MOST_GOODBYES + 2)


def test_a_line_that_breaks_inside_a_mail_yields_no_half_mail() -> None:
    """The mail before it has come out; of the broken one nothing has."""

    def break_off(line: Line, _tag: bytes) -> None:
        line.say(b"* 2 FETCH (UID 12 RFC822.SIZE 3000 BODY[] {3000}\r\nhalf")
        line.reset()

    large = sizes(11, 12, size=5 * 1024 * 1024)
    script = imap(UID_FETCH=[large, mail(11, b"satu") + OK, break_off])
    came: list[int] = []

    with (
        ScriptedServer(script) as server,
        Mailbox(server.account()) as mailbox,
        pytest.raises(PostUnavailable, match="fetching from INBOX"),
    ):
        came.extend(each.uid for each in mailbox.fetch(INBOX, [11, 12], size_limit_bytes=10**8))
    assert came == [11]


def test_a_folder_without_uidvalidity_is_not_used() -> None:
    """Its mails could never be told apart."""
    examine = ORDINARY["EXAMINE"].replace(b"UIDVALIDITY", b"X-NOTHING")
    with (
        ScriptedServer(imap(EXAMINE=examine)) as server,
        Mailbox(server.account()) as mailbox,
        pytest.raises(PostUnavailable, match="INBOX has no UIDVALIDITY"),
    ):
        mailbox.list_uids()


@pytest.mark.parametrize(
    ("answer", "credentials"),
    [
        (b"{tag} NO [AUTHENTICATIONFAILED] wrong\r\n", True),
        (b"{tag} NO LOGIN failed.\r\n", True),
        (b"{tag} NO [ALERT] Application-specific password required\r\n", True),
        (b"{tag} NO [UNAVAILABLE] directory is down\r\n", False),
        (b"{tag} NO [LIMIT] too many connections\r\n", False),
        (b"{tag} BAD not here\r\n", False),
        (b"* BYE overloaded\r\n", False),
    ],
)
def test_only_a_wrong_login_speaks_against_the_credentials(answer: bytes, *, credentials: bool) -> None:
    """A server with trouble of its own must not make us stop using a good password."""
    with (
        ScriptedServer(imap(LOGIN=answer)) as server,
        pytest.raises(PostUnavailable) as caught,
        Mailbox(server.account()),
    ):
        pytest.fail("got in")

    assert caught.value.credentials is credentials


def test_a_refused_token_is_heard_to_the_end() -> None:
    """The server explains in a challenge first; an empty line brings the refusal."""

    def refuse(line: Line, tag: bytes) -> None:
        line.say("+ ")
        line.hear()
        line.say("+ eyJzdGF0dXMiOiI0MDAifQ==")
        assert line.hear() == ""
        line.say(tag + b" NO [AUTHENTICATIONFAILED] token expired\r\n")

    with ScriptedServer(imap(AUTHENTICATE_XOAUTH2=refuse)) as server:
        account = dataclasses.replace(server.account(), token=lambda: "basi")
        with pytest.raises(PostUnavailable, match="token expired") as caught, Mailbox(account):
            pytest.fail("got in")

    assert caught.value.credentials


def test_no_password_is_sent_to_a_server_without_the_tls_that_was_asked_for() -> None:
    """STARTTLS not offered (or cut out by somebody in between): the login is never said."""
    with ScriptedServer(imap()) as server:
        account = dataclasses.replace(server.account(), security="starttls")
        with pytest.raises(PostUnavailable, match="TLS not supported"), Mailbox(account):
            pytest.fail("got in")

    assert [said.split()[1] for said in server.lines[0].heard] == ["CAPABILITY"]
