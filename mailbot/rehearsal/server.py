"""The embedded mail server: IMAP and SMTP on loopback, in one thread, for the demo, the rehearsal and quick tests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import datetime
from types import TracebackType
from typing import Self

from mailbot.errors import PostUnavailable, Refused
from mailbot.rehearsal.folders import MailStore
from mailbot.rehearsal.submission import Proof, Submission, base_address, stamped

HOST = "127.0.0.1"
PATIENCE_SECONDS = 60.0


class EmbeddedServer:
    """A mail server for the given accounts, as a context manager; every address is also its account's login name.

    It behaves as an office's own server does: submission wants a login and the login's own address as envelope
    sender; an unknown recipient is refused with 550 5.1.1; "name+detail" reaches "name"; each delivered mail begins
    with Return-Path, Authentication-Results and Received written here. Nothing is kept after the end.
    """

    host = HOST

    def __init__(self, accounts: Mapping[str, str], *, now: Callable[[], datetime]) -> None:
        """Prepare the server; `with` starts it.

        Args:
            accounts: password by mail address, addresses in small letters.
            now: the time to write on what is delivered, with a zone; a rehearsal's clock is set by hand.
        """
        self.imap_port = 0
        self.smtp_port = 0
        self._accounts = dict(accounts)
        self._now = now
        self._submission = Submission(self._accounts, self._deliver)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._started: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="embedded-mail-server", daemon=True)

    def __enter__(self) -> Self:
        """Start on two ports the system chooses, and return when both are open."""
        self._thread.start()
        self._started.result(PATIENCE_SECONDS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close both ports and every connection."""
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE_SECONDS)

    def refuse(self, address: str, code: int, text: str) -> None:
        """From now on answer RCPT for this address with a 4xx or 5xx code, such as (452, "4.2.2 mailbox full")."""
        self._submission.refusals[address.lower()] = f"{code} {text}"

    def accept(self, address: str) -> None:
        """Take mail for this address again."""
        self._submission.refusals.pop(address.lower(), None)

    def deliver(self, raw: bytes, sender: str, recipient: str, *, dmarc: str = "none") -> None:
        """Let a mail arrive from outside, without a login: from a stranger, or a report of non-delivery.

        Args:
            raw: the mail, header and body, with CRLF line ends.
            sender: envelope sender; empty for the null sender of a report.
            recipient: one of the accounts, "+detail" allowed.
            dmarc: what the server's Authentication-Results says of it (pass, fail, none).

        Raises:
            Refused: nobody of that address is here.
            PostUnavailable: the server does not run.
        """
        if base_address(recipient) not in self._accounts:
            raise Refused(permanent=True, code=550, reply=f"5.1.1 <{recipient}>: User unknown")
        if self._loop is None:
            raise PostUnavailable("The embedded mail server does not run; enter it with `with` first.")
        delivery = self._deliver(raw, sender, recipient, Proof(dmarc=dmarc, spf=dmarc))
        asyncio.run_coroutine_threadsafe(delivery, self._loop).result(PATIENCE_SECONDS)

    async def _deliver(self, raw: bytes, sender: str, recipient: str, proof: Proof) -> None:
        """Write our lines on top and put the mail into the account's INBOX."""
        now = self._now()
        mail = stamped(raw, sender=sender, recipient=recipient, proof=proof, now=now)
        await self._store.put(base_address(recipient), mail, now)

    def _run(self) -> None:
        """Be the thread: one event loop, from start to stop."""
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if self._started.done():
                raise
            self._started.set_exception(error)

    async def _serve(self) -> None:
        """Open both ports, say so, and hold them until told to stop; asyncio.run then ends what still talks."""
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._store = MailStore(self._accounts)
        imap = await asyncio.start_server(self._store.talk, HOST, 0)
        smtp = await self._loop.create_server(self._submission.connection, HOST, 0)
        self.imap_port = int(imap.sockets[0].getsockname()[1])
        self.smtp_port = int(smtp.sockets[0].getsockname()[1])
        self._started.set_result(None)
        await self._stop.wait()
        imap.close()
        smtp.close()
        self._loop = None
