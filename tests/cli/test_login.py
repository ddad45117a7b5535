"""`mailbot login` as a process of its own, with a simulated browser: what it says, keeps, and never shows."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import parse_qsl, urlsplit

import pytest

from mailbot.ledger.ledger import open_ledger
from mailbot.post.permission import PermissionFile
from mailbot.settings.loading import load
from tests.cli.terminal import mailbot, office_in
from tests.servers.oauth_office import CANARY, MAILBOX, OAUTH_SECRET, logs_in_by_oauth, places_with_secrets
from tests.servers.tokens import CLIENT_SECRET, TokenOffice

PATIENCE_SECONDS = 120.0
DONE = "Next: mailbot --config kantor check --live (a running daemon takes it up at its next look)"


@pytest.fixture
def provider(here: Path) -> Iterator[TokenOffice]:
    """A provider, and the sample office in `kantor` that logs in by it."""
    with TokenOffice() as running:
        logs_in_by_oauth(office_in(here), running)
        yield running


@dataclass(slots=True)
class Session:
    """The process at a terminal."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def until(self, pattern: str) -> str:
        """Read on until a line matches; return what its group caught, or the whole line."""
        for line in self._stream(self.process.stdout):
            self.said.append(line.rstrip("\n"))
            if found := re.search(pattern, line):
                return found[1] if found.groups() else found[0]
        message = "\n".join([f"never said: {pattern}", *self.said, *self._stream(self.process.stderr)])
        raise AssertionError(message)

    def types(self, words: str) -> None:
        """Type a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()

    def ends(self) -> tuple[int, str]:
        """Wait for its end; return exit code and everything it said."""
        out, err = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, "\n".join([*self.said, out, err])

    @staticmethod
    def _stream(stream: IO[str] | None) -> Iterator[str]:
        assert stream is not None
        return iter(stream.readline, "")


@contextmanager
def logging_in(*words: str) -> Iterator[Session]:
    """Type `mailbot login` and these words; the process is killed if it still runs at the end."""
    with subprocess.Popen(  # noqa: S603  # our own program with our own arguments
        [sys.executable, "-m", "mailbot", "--config", "kantor", "login", *words],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2]), **OAUTH_SECRET},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Session(process)
        finally:
            process.kill()


def keeps_a_permission(here: Path, provider: TokenOffice, said: str) -> None:
    """Hold what a login leaves behind: the refresh token in its own file, and no secret anywhere else."""
    oauth = load(here / "kantor", OAUTH_SECRET).imap.oauth
    assert oauth is not None
    kept = PermissionFile(oauth, MAILBOX).read()
    assert kept is not None
    assert provider.refresh_tokens == {kept.refresh_token: MAILBOX}
    assert f"The permission is kept in {here / 'oauth' / MAILBOX}.json." in said
    assert (CANARY.decode() in said, places_with_secrets(here)) == (False, [])


def test_a_code_is_shown_and_typed_in_anywhere(here: Path, provider: TokenOffice) -> None:
    """The way for a server without a browser; the logins that rested may be tried at once, and no other."""
    waiting = [f"paused/{MAILBOX}@imap.example.go.id", "paused/smtp", "paused/lain@imap.example.go.id"]
    with open_ledger(f"sqlite:///{here / 'ledger.db'}") as ledger:
        for login in waiting:
            ledger.notes.write(login, "2026-01-05T01:00:00+00:00|2026-01-05T01:00:00+00:00")
    with logging_in() as session:
        code = session.until(r"^ +(KODE-\d+)$")
        session.until(r"^Waiting\. The code is good for 15 minutes; Ctrl-C stops\.$")
        provider.enters(code, MAILBOX)
        exit_code, said = session.ends()
    assert exit_code == 0, said
    assert said.splitlines()[:10] == [
        f"mailbot is to read and send mail as {MAILBOX}. The owner of that mailbox has to agree, once.",
        "",
        "1. Open this address in a browser, on any computer or telephone:",
        "",
        "       https://login.example/device",
        "",
        "2. Type this code there:",
        "",
        "       KODE-1",
        "",
    ]
    assert DONE in said
    with open_ledger(f"sqlite:///{here / 'ledger.db'}") as ledger:
        assert [bool(ledger.notes.read(login)) for login in waiting] == [False, False, True]
    keeps_a_permission(here, provider, said)


def test_a_browser_on_the_same_machine_brings_the_answer_back(here: Path, provider: TokenOffice) -> None:
    """It is told in the browser too that it is done."""
    provider.signed_in, provider.permission_lasts_seconds = MAILBOX, 7 * 86_400
    with logging_in("--by", "browser", "--account", MAILBOX) as session:
        url = session.until(rf"^({provider.url}/authorize\?.*)$")
        session.until("^Waiting, 15 minutes at most")
        with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as page:  # noqa: S310  # a provider on loopback
            assert b"You can close this window" in page.read()
        exit_code, said = session.ends()
    assert exit_code == 0, said
    assert re.search(r"It ends on 20\d\d-\d\d-\d\d unless it is renewed; the operator is warned before\.", said)
    keeps_a_permission(here, provider, said)


def test_the_address_a_browser_ended_at_can_be_pasted(here: Path, provider: TokenOffice) -> None:
    """For Gmail on a server without a browser."""
    provider.signed_in = MAILBOX
    with logging_in("--by", "paste") as session:
        url = session.until(rf"^({provider.url}/authorize\?.*)$")
        session.until("paste it here")
        _, address = provider.answer("/authorize", dict(parse_qsl(urlsplit(url).query)))
        session.types(str(address))
        exit_code, said = session.ends()
    assert exit_code == 0, said
    assert "nothing answers at http://127.0.0.1:49152. That is as it should be." in said
    keeps_a_permission(here, provider, said)


def test_a_refusal_is_told_with_what_to_do(here: Path, provider: TokenOffice) -> None:
    """Exit code 1, one line, and nothing is kept."""
    with logging_in() as session:
        session.until("^Waiting")
        for device in provider.devices.values():
            device.error = "access_denied"
        exit_code, said = session.ends()
    assert (exit_code, (here / "oauth").exists()) == (1, False)
    assert "No permission came: access_denied. Consent was refused. Run the command again" in said


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        ("http://127.0.0.1:49152/?state=lain&code=curian", "That address does not belong to this run of the command."),
        ("tidak ada", "That is not the address the browser ended at."),
    ],
)
def test_a_pasted_address_that_is_none_is_told(here: Path, provider: TokenOffice, pasted: str, told: str) -> None:
    """The provider is not even asked."""
    with logging_in("--by", "paste") as session:
        session.until("paste it here")
        session.types(pasted)
        exit_code, said = session.ends()
    assert (exit_code, told in said, provider.asked) == (1, True, [])
    assert not (here / "oauth").exists()


def test_a_permission_that_does_not_last_is_refused(
    here: Path, provider: TokenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a refresh token mailbot would be shut out an hour later."""
    monkeypatch.setenv("MAILBOT_OAUTH_CLIENT_SECRET", CLIENT_SECRET)
    given = {"access_token": "akses-kenari", "expires_in": 3600, "token_type": "Bearer"}
    code = {"device_code": "d", "user_code": "KODE", "verification_uri": "https://x.example", "interval": 1}
    provider.instead.extend([lambda: (200, code), lambda: (200, given)])
    ran = mailbot("--config", "kantor", "login")
    assert (ran.code, (here / "oauth").exists()) == (1, False)
    assert "gave no lasting permission (no refresh token)" in ran.text


def test_what_was_not_ticked_is_told(provider: TokenOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Google shows a box for each thing asked; some people leave one empty."""
    monkeypatch.setenv("MAILBOT_OAUTH_CLIENT_SECRET", CLIENT_SECRET)
    code = {"device_code": "d", "user_code": "KODE", "verification_uri": "https://x.example", "interval": 1}
    given = {**provider.consent(MAILBOX), "scope": "openid"}
    provider.instead.extend([lambda: (200, code), lambda: (200, given)])
    ran = mailbot("--config", "kantor", "login")
    assert ran.code == 0
    assert "note: the provider did not grant mail; mail may be refused." in ran.text


def test_an_office_with_passwords_needs_no_login(here: Path) -> None:
    """It is told what to set for Gmail or Microsoft 365."""
    office_in(here)
    ran = mailbot("--config", "kantor", "login")
    assert (ran.code, "logs in by password (oauth.provider is none)" in ran.text) == (2, True)


@pytest.mark.parametrize(
    ("ways", "words", "told"),
    [
        ("browser", ["--by", "device"], "this provider has no device codes for mail"),
        ("device", ["--by", "browser"], "oauth.authorize_endpoint is not set; use --by device"),
        ("device", ["--by", "paste"], "oauth.authorize_endpoint is not set; use --by device"),
        ("device browser", ["--account", "lain@example.go.id"], f"logs in by OAuth2; there is: {MAILBOX}"),
    ],
)
def test_a_way_that_is_not_there_is_told(
    here: Path, monkeypatch: pytest.MonkeyPatch, ways: str, words: list[str], told: str
) -> None:
    """With the one that is."""
    monkeypatch.setenv("MAILBOT_OAUTH_CLIENT_SECRET", CLIENT_SECRET)
    with TokenOffice() as provider:
        logs_in_by_oauth(office_in(here), provider, device="device" in ways, browser="browser" in ways)
    ran = mailbot("--config", "kantor", "login", *words)
    assert (ran.code, told in ran.text) == (2, True), ran.text


def test_check_says_what_is_missing_before_it_asks_a_server(provider: TokenOffice) -> None:
    """No password is wanted, but a consent."""
    looked = mailbot("--config", "kantor", "check")
    assert (looked.code, "PASSWORD" in looked.text) == (0, False)
    way = f"run: mailbot --config kantor login --account {MAILBOX}"
    assert f"note: nobody has let mailbot into {MAILBOX} yet; {way}" in looked.text
    live = mailbot("--config", "kantor", "check", "--live")
    assert (live.code, provider.asked) == (1, [])
    assert f"Nobody has given mailbot the permission to use it yet: mailbox {MAILBOX}." in live.text
    assert f"Run: mailbot login --account {MAILBOX}" in live.text
