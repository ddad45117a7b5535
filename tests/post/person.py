"""Somebody who looks into the same mailbox with a mail program of their own."""

from __future__ import annotations

import imaplib

from mailbot.post.account import Account
from mailbot.post.imap import INBOX


class Person:
    """Another IMAP client, with INBOX open for writing."""

    def __init__(self, account: Account) -> None:
        """Log in to the same account."""
        seconds = account.timeout_seconds
        if account.security == "tls":
            context = account.tls_context()
            client: imaplib.IMAP4 = imaplib.IMAP4_SSL(account.host, account.port, ssl_context=context, timeout=seconds)
        else:
            client = imaplib.IMAP4(account.host, account.port, timeout=seconds)
        client.login(account.user, account.password)
        client.select(INBOX)
        self._client = client

    def flag(self, uid: int, flag: str) -> None:
        """Set a flag on one mail, and see that it is set."""
        self._client.select(INBOX)
        assert self._client.uid("STORE", str(uid), "+FLAGS.SILENT", f"({flag})")[0] == "OK"
        assert flag in self.flags(uid)

    def flags(self, uid: int) -> set[str]:
        r"""Give the flags of one mail, without the passing one `\Recent`."""
        self._client.select(INBOX)
        piece = self._client.uid("FETCH", str(uid), "(FLAGS)")[1][0]
        assert isinstance(piece, bytes)
        return {flag.decode() for flag in imaplib.ParseFlags(piece)} - {r"\Recent"}

    def unread(self, uid: int) -> None:
        """Mark one mail as not read."""
        self._client.select(INBOX)
        assert self._client.uid("STORE", str(uid), "-FLAGS.SILENT", r"(\Seen)")[0] == "OK"

    def purge(self, uid: int) -> None:
        """Delete one mail for good."""
        self.flag(uid, r"\Deleted")
        self._client.expunge()

    def make_anew(self, folder: str) -> None:
        """Delete a folder, if there is one, and make it again."""
        self._client.delete(folder)
        assert self._client.create(folder)[0] == "OK"

    def leave(self) -> None:
        """Log out without purging anything."""
        self._client.logout()
