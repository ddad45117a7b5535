"""tick, open and check --live against the embedded mail server: one pass each, over real sockets."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.cli.alone import alone
from mailbot.cli.running import is_loopback
from mailbot.post.account import Account
from mailbot.rehearsal.cast import PASSWORD
from mailbot.rehearsal.keyboard import Keyboard
from mailbot.rehearsal.server import EmbeddedServer
from tests.cli.conftest import AUTHSERV_ID
from tests.cli.terminal import mailbot, office_in

OPENING = "2026-01-05T08:00"


def keyboard(server: EmbeddedServer, address: str) -> Keyboard:
    """Sit down at somebody's mail program."""
    sides = [
        Account(host=server.host, port=port, security="plain", user=address, password=PASSWORD)
        for port in (server.imap_port, server.smtp_port)
    ]
    return Keyboard(
        address=address, display="Pegawai", imap=sides[0], smtp=sides[1], now=lambda: datetime(2026, 1, 5, tzinfo=UTC)
    )


def test_a_pass_opens_the_cycle_of_that_day_and_sends_its_letter(server: EmbeddedServer) -> None:
    """As if it were the first morning; a second pass at the same moment does nothing more."""
    first = mailbot("--config", "kantor", "tick", "--at", OPENING)
    assert (first.code, first.out, first.err) == (0, b"0 received, 0 worked, 2 sent\n", "")
    again = mailbot("--config", "kantor", "tick", "--at", OPENING)
    assert again.out == b"0 received, 0 worked, 0 sent\n"
    (got,) = keyboard(server, "sekretaris.disdukcapil@example.go.id").new_mail()
    assert got.file(".xlsx") is not None


def test_a_mail_is_received_worked_and_answered_in_one_pass(server: EmbeddedServer) -> None:
    """STATUS from the Sekretaris."""
    mailbot("--config", "kantor", "tick", "--at", OPENING)
    secretary = keyboard(server, "sekretaris.disdukcapil@example.go.id")
    (got,) = secretary.new_mail()
    secretary.answer(got, "STATUS")
    ran = mailbot("--config", "kantor", "tick", "--at", OPENING)
    assert (ran.code, ran.out) == (0, b"1 received, 1 worked, 1 sent\n")
    (answer,) = secretary.new_mail()
    assert answer.references.split()[-1] == "<sekretaris.disdukcapil.1@example.go.id>"


def test_a_cycle_is_opened_whatever_its_day(server: EmbeddedServer) -> None:
    """Once; a second time nothing is changed."""
    del server
    opened = mailbot("--config", "kantor", "open", "2026-tw1")
    assert (opened.code, opened.out.splitlines()[0]) == (0, b"2026-tw1 is open.")
    again = mailbot("--config", "kantor", "open", "2026-tw1")
    assert (again.code, again.out) == (
        0,
        b"2026-tw1 was opened before; nothing was changed. See: mailbot --config kantor status\n",
    )


def test_a_server_that_is_away_is_named_and_the_rest_is_done(here: Path, server: EmbeddedServer) -> None:
    """The cycle opens all the same; the letter waits."""
    yaml = here / "kantor" / "office.yaml"
    yaml.write_text(yaml.read_text().replace(f"port: {server.imap_port}", "port: 1"))
    ran = mailbot("--config", "kantor", "tick", "--at", OPENING)
    assert (ran.code, ran.out) == (1, b"0 received, 0 worked, 2 sent\n")
    assert "IMAP server 127.0.0.1:1 " in ran.err
    assert mailbot("--config", "kantor", "status", "--json").json["outbox"]["sent"] == 2


def test_a_refused_password_is_named(server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of both servers; nothing is lost, and the operator will hear of it."""
    del server
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", "salah")
    monkeypatch.setenv("MAILBOT_SMTP_PASSWORD", "salah")
    ran = mailbot("--config", "kantor", "tick", "--at", OPENING)
    assert ran.code == 1
    assert [line.split()[0] for line in ran.err.splitlines()] == ["IMAP", "SMTP"]
    waits = mailbot("--config", "kantor", "outbox", "list").out.decode()
    assert [line.split()[4].split("/")[:2] for line in waits.splitlines() if line.startswith("queued")] == [
        ["morning", "2026-01-05"],
        ["alarm", "login_refused"],
        ["data_needs", "2025"],
    ]


def test_a_probe_goes_out_and_comes_back(server: EmbeddedServer) -> None:
    """Both logins are proved, and the way from one to the other; a running mailbot leaves the probe alone."""
    del server
    ran = mailbot("--config", "kantor", "check", "--live")
    assert (ran.code, ran.err) == (0, "")
    told = ran.out.decode().splitlines()
    assert told[-6].endswith(": logged in, 0 mails in INBOX")
    assert told[-5].startswith("SMTP  127.0.0.1: logged in, probe handed over (250 ")
    assert told[-4].startswith("Round trip: the probe came back after ")
    assert (
        told[-3]
        == f"Proof  the server writes Authentication-Results as {AUTHSERV_ID}, and trust.authserv_ids believes it"
    )
    assert told[-2] == "Sent  Sent: the provider files no copies, mailbot does"
    assert told[-1] == (
        "Next: mailbot --config kantor rehearse (plays a year, and writes to nobody), then: mailbot --config kantor run"
    )
    worked = mailbot("--config", "kantor", "tick", "--at", OPENING)
    assert worked.out == b"1 received, 1 worked, 2 sent\n"
    assert mailbot("--config", "kantor", "status", "--json").json["inbox"]["by_outcome"] == {"own": 1}


def test_a_probe_shows_the_line_to_copy_where_another_server_is_believed(server: EmbeddedServer, here: Path) -> None:
    """Else nobody would ever be proved, and every decision would cost a code; the line that is shown mends it."""
    del server
    office = here / "kantor" / "office.yaml"
    right = f"authserv_ids: [{AUTHSERV_ID}]"
    text = office.read_text(encoding="utf-8")
    wrong = re.sub(r"(?m)^  authserv_ids: .*$", "  authserv_ids: [mx.lain.test]", text)
    assert wrong != text
    office.write_text(wrong, encoding="utf-8")
    told = mailbot("--language", "id", "--config", "kantor", "check", "--live").out.decode()
    assert (
        f"Bukti  server menulis Authentication-Results sebagai {AUTHSERV_ID}, tetapi trust.authserv_ids berisi mx.lain"
        in told
    )
    assert f"Salin baris ini ke kantor/office.yaml, di bawah `trust`:\n  {right}\n" in told


def ahead(minutes: int) -> str:
    """Return the moment so many minutes from now, as it is typed."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


@pytest.mark.parametrize("minutes", [15, 24 * 60, 400 * 24 * 60])
def test_a_pass_ahead_of_time_is_refused_where_letters_would_really_leave(minutes: int, here: Path) -> None:
    """Nothing is opened, nothing sent; rehearse is pointed to."""
    office_in(here)
    ran = mailbot("--config", "kantor", "tick", "--at", ahead(minutes))
    assert ran.code == 2
    assert "imap.example.go.id is a real server" in " ".join(ran.err.replace("│", " ").split())
    assert "mailbot --config kantor rehearse" in ran.err
    assert not (here / "ledger.db").exists()


def test_a_pass_ahead_of_time_is_refused_beside_a_daemon(server: EmbeddedServer, here: Path) -> None:
    """On loopback, too: the daemon would find its ledger in the future. Without it, a trial may go where it likes."""
    del server
    with alone(here):
        ran = mailbot("--config", "kantor", "tick", "--at", ahead(24 * 60))
        assert (ran.code, "a daemon works on" in ran.err) == (2, True)
        assert mailbot("--config", "kantor", "tick", "--at", ahead(5)).code == 0
        assert mailbot("--config", "kantor", "tick", "--at", ahead(-24 * 60)).code == 0
    assert mailbot("--config", "kantor", "tick", "--at", ahead(24 * 60)).code == 0


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("surat.localhost.", True),
        ("10.0.0.1", False),
        ("localhost.example.go.id", False),
        ("mail", False),
    ],
)
def test_a_server_is_on_this_machine_by_its_name_or_number(host: str, *, loopback: bool) -> None:
    """Anything else may reach people."""
    assert is_loopback(host) is loopback
