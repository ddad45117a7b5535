"""OAuth2 on real Postfix and Dovecot, which ask the provider about every token: passes, ends of tokens, revocation."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.clerk.logins import OUTGOING, logins_of, resume
from mailbot.clerk.parts import Clerk
from mailbot.clerk.passing import one_pass
from mailbot.cli.wiring import account_of, clerk_of, tokens_of
from mailbot.errors import PostUnavailable
from mailbot.ledger.values import Changes, LetterState, Outgoing
from mailbot.post.imap import Mailbox
from mailbot.post.smtp import Courier
from mailbot.rehearsal.clock import HandClock
from mailbot.settings.loading import load
from mailbot.settings.settings import Settings
from tests.cli.terminal import mailbot
from tests.heartbeat.running import running
from tests.office import CYCLE
from tests.post.letters import letter
from tests.servers.oauth_office import MAILBOX, OAUTH_SECRET, logs_in_by_oauth, owner_consents, places_with_secrets
from tests.servers.real_mail import RealMail
from tests.servers.real_office import PASSWORD, office_at
from tests.servers.tokens import TokenOffice

pytestmark = pytest.mark.servers


@pytest.fixture
def provider(tmp_path: Path, real_mail: RealMail) -> TokenOffice:
    """The provider that the servers ask; the sample office in `kantor` logs in by it, its owner has consented."""
    provider = real_mail.tokens
    provider.owners.clear()
    provider.refresh_tokens.clear()
    office_at(tmp_path / "kantor", real_mail)
    logs_in_by_oauth(tmp_path / "kantor", provider)
    owner_consents(tmp_path / "kantor", provider)
    provider.asked.clear()
    return provider


@pytest.fixture
def settings(tmp_path: Path, provider: TokenOffice) -> Settings:
    """The office's settings; there is no password anywhere."""
    del provider
    tokens_of.cache_clear()
    found = load(tmp_path / "kantor", OAUTH_SECRET)
    assert found.missing_secrets() == ()
    assert found.imap.password.get_secret_value() == ""
    return found


@contextmanager
def at_work(settings: Settings) -> Iterator[Clerk]:
    """Give a clerk on the first morning of the cycle, in a process of its own as far as tokens go."""
    tokens_of.cache_clear()
    office = settings.office()
    with clerk_of(
        settings, HandClock(office.calendar.at(office.plan(CYCLE).starts_on, office.calendar.opens))
    ) as clerk:
        yield clerk


def a_letter(key: str, sender: str, reader: str) -> Outgoing:
    """Return a finished letter."""
    message_id = f"<{key.replace('/', '.')}@example.go.id>"
    raw = f"Message-ID: {message_id}\r\nFrom: {sender}\r\nTo: {reader}\r\nSubject: Surat\r\n\r\nIsi.\r\n".encode()
    due_at = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)
    return Outgoing(key=key, kind="notice", person="", address=reader, message_id=message_id, raw=raw, due_at=due_at)


def sent(clerk: Clerk) -> list[LetterState]:
    """Return what became of every letter."""
    return [one.state for one in clerk.books.ledger.letters.listing(limit=100)]


def test_passes_read_and_send_with_tokens_that_change_in_between(
    settings: Settings, provider: TokenOffice, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Two processes, each with a refresh token that the other has changed; in the second every token ends meanwhile.

    And no secret of the provider is in the ledger, the journal, a letter or the log.
    """
    with caplog.at_level(logging.DEBUG), ExitStack() as processes:
        first = processes.enter_context(at_work(settings))
        assert one_pass(first).trouble == ()
        assert provider.refreshes() == 1
        second = processes.enter_context(at_work(settings))
        assert one_pass(second).trouble == ()
        provider.owners.clear()
        assert one_pass(second).trouble == ()
        assert provider.refreshes() == 3
        assert set(sent(second)) == {LetterState.SENT}
        assert second.books.ledger.journal.verify() is None
        # In the ledger's file they lie packed, where a search for words would find nothing.
        letters = [second.books.ledger.letters.raw(one.key) for one in second.books.ledger.letters.listing(limit=100)]
        assert [raw for raw in letters if b"kenari" in raw] == []
    assert len(provider.refresh_tokens) == 1
    assert (places_with_secrets(tmp_path), "kenari" in caplog.text) == ([], False)


@pytest.mark.parametrize(("logins", "password"), [("imap", "MAILBOT_SMTP_PASSWORD"), ("smtp", "MAILBOT_IMAP_PASSWORD")])
def test_one_server_takes_a_token_and_the_other_an_app_password(
    tmp_path: Path, real_mail: RealMail, provider: TokenOffice, logins: str, password: str
) -> None:
    """A pass reads and sends; when the permission is taken back only that login rests, the other one works on."""
    config = tmp_path / "campur" / "kantor"
    office_at(config, real_mail)
    logs_in_by_oauth(config, provider, logins=logins)
    owner_consents(config, provider)
    settings = load(config, {**OAUTH_SECRET, password: PASSWORD})
    assert settings.missing_secrets() == ()
    with at_work(settings) as clerk:
        assert one_pass(clerk).trouble == ()
        assert set(sent(clerk)) == {LetterState.SENT}
        provider.refresh_tokens.clear()
        provider.owners.clear()
        clerk.books.ledger.commit(
            Changes(at=clerk.books.clock(), letters=(a_letter("surat/campur", clerk.books.office.mailbox, MAILBOX),))
        )
        passed = one_pass(clerk)
        assert passed.paused == ((clerk.post.boxes[0].account,) if logins == "imap" else (OUTGOING,))
        queued = clerk.books.ledger.letters.by_key("surat/campur")
        assert queued is not None
        assert queued.state is (LetterState.SENT if logins == "imap" else LetterState.QUEUED)


def read(settings: Settings) -> None:
    """Log in by IMAP."""
    with Mailbox(account_of(settings.imap)) as mailbox:
        mailbox.list_uids()


def send(settings: Settings) -> None:
    """Log in by SMTP and send a letter."""
    with Courier(account_of(settings.smtp)) as courier:
        courier.send(MAILBOX, MAILBOX, letter(author=MAILBOX), before_data=lambda: None)


@pytest.mark.parametrize("way", [read, send])
def test_a_token_that_ended_early_is_replaced_once_and_the_login_tried_again(
    settings: Settings, provider: TokenOffice, way: object
) -> None:
    """One question to the provider; nobody notices. A mailbox that refuses the new token too is not asked on."""
    assert callable(way)
    way(settings)
    provider.owners.clear()
    way(settings)
    assert provider.refreshes() == 2
    provider.refresh_tokens = dict.fromkeys(provider.refresh_tokens, "kadis@example.go.id")
    provider.owners.clear()
    for _ in range(3):
        with pytest.raises(PostUnavailable, match="was consent given as this very mailbox") as caught:
            way(settings)
        assert caught.value.credentials
    assert provider.refreshes() == 2


def test_a_courier_whose_line_broke_logs_in_anew_with_a_fresh_token(settings: Settings, provider: TokenOffice) -> None:
    """In the middle of a batch: the connection is gone and the token has ended; the next letter leaves all the same."""
    with Courier(account_of(settings.smtp)) as courier:
        courier.send(MAILBOX, MAILBOX, letter(author=MAILBOX), before_data=lambda: None)
        provider.owners.clear()
        assert courier._smtp is not None  # noqa: SLF001  # the line is broken from below
        courier._smtp.close()  # noqa: SLF001  # the same
        assert courier.send(MAILBOX, MAILBOX, letter(author=MAILBOX), before_data=lambda: None).startswith("250")
    assert provider.refreshes() == 2


def test_a_permission_taken_back_rests_the_account_and_loses_nothing(
    settings: Settings, provider: TokenOffice, tmp_path: Path
) -> None:
    """The operator is told what to do, the provider is asked once, and after a new consent every letter leaves once."""
    provider.refresh_tokens.clear()
    provider.owners.clear()
    with at_work(settings) as clerk:
        passed = one_pass(clerk)
        assert passed.locked_out
        assert all(f"Run: mailbot login --account {MAILBOX}" in trouble for trouble in passed.trouble)
        for _ in range(3):
            assert one_pass(clerk).paused == logins_of(clerk.post.boxes)
        resume(clerk.books.ledger, logins_of(clerk.post.boxes))
        assert one_pass(clerk).locked_out
        assert set(sent(clerk)) == {LetterState.QUEUED}
        waiting = len(sent(clerk))
        assert provider.refreshes() == 1
        owner_consents(tmp_path / "kantor", provider)
        resume(clerk.books.ledger, logins_of(clerk.post.boxes))
        assert one_pass(clerk).sent == waiting
        assert provider.refreshes() == 2


def test_check_live_tells_of_the_permission_and_makes_the_round_trip(
    provider: TokenOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Token, IMAP, SMTP, and the probe back again."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAILBOT_OAUTH_CLIENT_SECRET", OAUTH_SECRET["MAILBOT_OAUTH_CLIENT_SECRET"])
    monkeypatch.setenv("MAILBOT_LANGUAGE", "en")
    tokens_of.cache_clear()
    ran = mailbot("--config", "kantor", "check", "--live")
    assert ran.code == 0, ran.text
    assert f"OAuth {MAILBOX}: own gave an access token (permission of 20" in ran.text
    assert "no end of it is known) IMAP localhost: logged in" in ran.text
    assert "Round trip: the probe came back" in ran.text
    assert f"Sent Terkirim-{tmp_path.name}: the provider files no copies, mailbot does" in ran.text
    assert ("kenari" in ran.text, provider.refreshes()) == (False, 1)


def test_the_daemon_rests_when_the_permission_is_taken_back(provider: TokenOffice, tmp_path: Path) -> None:
    """It says so in its log, asks the provider once, and stops when told to."""
    settings = tmp_path / "kantor" / "office.yaml"
    settings.write_text(settings.read_text().replace("poll_seconds: 60", "poll_seconds: 5"))
    with running(tmp_path, OAUTH_SECRET) as daemon:
        daemon.logs("watching INBOX")
        provider.refresh_tokens.clear()
        provider.owners.clear()
        daemon.logs(f"Run: mailbot login --account {MAILBOX}")
        daemon.logs("waiting 15 minutes before the next try")
        assert daemon.told_to_stop() == 0
    assert provider.refreshes() == 2
    assert not [line for line in daemon.log if "kenari" in line]
