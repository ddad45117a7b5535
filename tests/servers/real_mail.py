"""A private Postfix and Dovecot on loopback: submission with STARTTLS or TLS, IMAP likewise, delivery by LMTP."""

from __future__ import annotations

import grp
import os
import pwd
import re
import shutil
import smtplib
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from secrets import token_hex
from threading import Event
from time import monotonic
from types import TracebackType
from typing import Self

from mailbot.post.account import Account, Security
from tests.servers.certificates import make_certificates
from tests.servers.processes import held_ports, run, start, wait_for_port
from tests.servers.tokens import TokenOffice

DOMAIN = "example.go.id"
NEEDED = (
    "/usr/sbin/dovecot",
    "/usr/lib/dovecot/imap",
    "/usr/lib/dovecot/lmtp",
    "/usr/sbin/postfix",
    "/usr/bin/openssl",
)
PORTS = ("SMTP", "SUBMISSION", "SMTPS", "SMTPCLEAR", "SMTPKEEPS", "IMAP", "IMAPS", "LMTP", "SASL")
PATIENCE_SECONDS = 60.0
"""For an answer of a server, and for a letter to be delivered; only a broken server ever takes so long."""
CONF = Path(__file__).parent / "conf"


def missing() -> str | None:
    """Say why real mail servers cannot be started here; None if they can."""
    absent = [path for path in NEEDED if not os.access(path, os.X_OK)]
    if absent:
        return f"real mail servers are not installed (missing: {', '.join(absent)}); run .ci/packages as root"
    if os.geteuid() != 0:
        return "Postfix starts only as root"
    version = run("/usr/sbin/dovecot", "--version")
    if not version.startswith("2.3."):
        return f"the configuration in tests/servers/conf is for Dovecot 2.3; this is {version.split()[0]}"
    return None


class RealMail:
    """A running pair of servers, as a context manager.

    `accounts` holds the password by mail address; more can be added while it runs. Mail that arrives at `ports["SMTP"]`
    without a login counts as coming from outside and gets no Authentication-Results.
    """

    host = "localhost"
    domain = DOMAIN

    def __init__(self, accounts: Mapping[str, str]) -> None:
        """Prepare a folder of its own for everything the servers write."""
        self.accounts: dict[str, str] = {}
        self.folder = Path(tempfile.mkdtemp(prefix="mailbot-servers-"))
        self.ca_file = self.folder / "ca.pem"
        self.ports: dict[str, int] = {}
        self.tokens = TokenOffice()
        self._nowhere: set[str] = set()
        self._wanted = accounts
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Write the configuration, start both servers, and wait until their ports answer."""
        with ExitStack() as undo:
            undo.callback(shutil.rmtree, self.folder, ignore_errors=True)
            undo.enter_context(self.tokens)
            self.ports = dict(zip(PORTS, undo.enter_context(held_ports(len(PORTS))), strict=True))
            # Postfix and Dovecot work as users of their own and must be able to come in.
            self.folder.chmod(0o755)
            self._make_folders()
            make_certificates(self.folder, domain=self.domain)
            self._write_configuration()
            self.refuse_letters(None)
            self.add_accounts(self._wanted)
            dovecot = start("/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot/dovecot.conf", log=self._log("out"))
            undo.callback(_end, dovecot)
            run("/usr/sbin/postfix", "-c", self.folder / "postfix/etc", "start")
            undo.callback(run, "/usr/sbin/postfix", "-c", self.folder / "postfix/etc", "abort")
            for name, port in self.ports.items():
                log = "postfix" if "SMTP" in name or name == "SUBMISSION" else "dovecot"
                wait_for_port(port, log=self._log(log))
            self._stack = undo.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop both and remove the folder."""
        self._stack.close()

    def add_accounts(self, accounts: Mapping[str, str]) -> None:
        """Make accounts, which can log in and get mail at once.

        Args:
            accounts: password by mail address, all in the servers' domain.
        """
        self.accounts.update(accounts)
        owner, group = pwd.getpwnam("mail").pw_uid, grp.getgrnam("mail").gr_gid
        for address, password in accounts.items():
            line = f"{address}:{{PLAIN}}{password}:{owner}:{group}::::\n"
            _replace(self.folder / "users" / address.partition("@")[0], line)
        self._write_addresses()

    def closes(self, address: str) -> None:
        """Let Postfix know an address no more; whoever has its mailbox open may still read it."""
        del self.accounts[address]
        self._write_addresses()

    def leads_nowhere(self, address: str) -> None:
        """Let Postfix take mail for an address that Dovecot does not know: it is accepted, and bounced later."""
        self._nowhere.add(address)
        self._write_addresses()

    def refuse_letters(self, address: str | None, reply: str = "") -> None:
        """Let Postfix say this to whoever hands over letters of an address; None: of nobody."""
        _replace(self.folder / "postfix/refused", f"{address} {reply}\n" if address is not None else "")

    def imap(self, address: str, security: Security = "tls") -> Account:
        """Give the account for reading an address's mail."""
        return self._account(address, "IMAPS" if security == "tls" else "IMAP", security)

    def smtp(self, address: str, security: Security = "tls", *, keeps_sent: bool = False) -> Account:
        """Give the account for handing over letters of an address.

        Args:
            address: whose letters.
            security: "plain" for tests that look at the line itself.
            keeps_sent: with "plain": the server files a copy of each letter in the sender's folder Sent, as Gmail does.
        """
        port = {"tls": "SMTPS", "starttls": "SUBMISSION", "plain": "SMTPKEEPS" if keeps_sent else "SMTPCLEAR"}[security]
        return self._account(address, port, security)

    def mailbox_folder(self, address: str) -> Path:
        """Give the Maildir of an address, which is there once its mailbox was opened."""
        return self.folder / "mail" / address.partition("@")[0] / "Maildir"

    def deliver(self, raw: bytes, sender: str, recipient: str) -> None:
        """Hand a mail to Postfix as another server would, without a login."""
        with smtplib.SMTP(self.host, self.ports["SMTP"], "luar.example", timeout=PATIENCE_SECONDS) as smtp:
            smtp.sendmail(sender, [recipient], raw)

    def wait_until_delivered(self) -> None:
        """Return once Postfix has nothing left to deliver.

        Raises:
            RuntimeError: it is still busy after a while.
        """
        queues = [self.folder / "postfix/spool" / name for name in ("maildrop", "incoming", "active", "deferred")]
        deadline, pause = monotonic() + PATIENCE_SECONDS, Event()
        while any(file.is_file() for queue in queues for file in queue.rglob("*")):
            if monotonic() > deadline:
                raise RuntimeError(f"Postfix still delivers:\n{self._log('postfix').read_text()[-2000:]}")
            pause.wait(0.02)

    def _account(self, address: str, port: str, security: Security) -> Account:
        return Account(
            host=self.host,
            port=self.ports[port],
            security=security,
            user=address,
            password=self.accounts[address],
            ca_file=self.ca_file,
            timeout_seconds=PATIENCE_SECONDS,
        )

    def _write_addresses(self) -> None:
        taken = (*self.accounts, *self._nowhere)
        _replace(self.folder / "postfix/addresses", "".join(f"{address} {address}\n" for address in taken))

    def _make_folders(self) -> None:
        servers = ("dovecot/run", "postfix/etc", "postfix/spool", "postfix/lib")
        for name in (*servers, "mail", "users", "denied/imap", "denied/smtp"):
            (self.folder / name).mkdir(parents=True)
        shutil.chown(self.folder / "postfix/lib", "postfix", "postfix")
        shutil.chown(self.folder / "mail", "mail", "mail")

    def _write_configuration(self) -> None:
        """Fill the words between @ signs in each file of conf/ and put it where its server looks."""
        words = {name: str(port) for name, port in self.ports.items()}
        words |= {"FOLDER": str(self.folder), "DOMAIN": self.domain, "TOKENS": str(self.tokens.port)}
        words |= {"SECRET": f"X-Test-{token_hex(8)}"}
        places = {
            "dovecot.conf": "dovecot",
            "oauth2.conf": "dovecot",
            "main.cf": "postfix/etc",
            "master.cf": "postfix/etc",
        }
        for file in CONF.iterdir():
            text = re.sub(r"@([A-Z]+)@", lambda found: words[found[1]], file.read_text())
            (self.folder / places.get(file.name, "postfix") / file.name).write_text(text)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def _replace(path: Path, text: str) -> None:
    """Put a file in place whole: a server may be reading the old one."""
    fresh = path.with_name(f".{path.name}")
    fresh.write_text(text)
    # Postfix waits up to two seconds before it trusts a text table that was changed just now; ours is complete.
    os.utime(fresh, (0, 0))
    fresh.replace(path)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(PATIENCE_SECONDS)
