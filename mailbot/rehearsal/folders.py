r"""The IMAP half of the embedded server: pymap's mailboxes in memory, with the three repairs real clients need.

Keywords: pymap lists no `\*` in PERMANENTFLAGS and so drops `$Mailbot`; our folders list it.
Segments: pymap writes one answer in many pieces, which clients in IDLE read as broken lines; ours go out whole.
Tasks: pymap's own listener lets its session tasks be garbage-collected (always on Python 3.13); we serve each
connection from a coroutine of our own instead.
"""

from __future__ import annotations

import ssl
from argparse import Namespace
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack, closing
from datetime import datetime
from io import BytesIO

from proxyprotocol.sock import SocketInfo
from proxyprotocol.version import ProxyProtocolVersion
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.concurrent import Subsystem
from pymap.context import connection_exit
from pymap.imap import IMAPConnection
from pymap.imap.state import ConnectionState
from pymap.parsing.message import AppendMessage
from pymap.parsing.response import Response
from pymap.parsing.specials import ObjectId
from pymap.parsing.specials.flag import Flag, Wildcard
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

SENT = "Sent"


class Folder(MailboxData):
    """One folder, in which keywords last."""

    @property
    def permanent_flags(self) -> frozenset[Flag]:
        """The flags that can be set for good, and any keyword besides."""
        return super().permanent_flags | {Wildcard}


class Folders(MailboxSet):
    """The folders of one account."""

    def __init__(self) -> None:
        """Begin with an INBOX and a folder for sent mail."""
        super().__init__()
        self._inbox = Folder(self._content_cache, self._thread_cache)
        self._set[SENT] = Folder(self._content_cache, self._thread_cache)

    async def add_mailbox(self, name: str) -> ObjectId:
        """Make a new folder of our own kind.

        Raises:
            ValueError: the folder is there already.
        """
        async with self._set_lock.write_lock():
            if name in self._set:
                raise ValueError(name)
            self._set[name] = folder = Folder(self._content_cache, self._thread_cache)
            return folder.mailbox_id


class Connection(IMAPConnection):
    """One client's connection, on which every answer leaves in one piece."""

    async def write_response(self, resp: Response) -> None:
        """Write one answer whole."""
        await self._write([resp])

    async def write_updates(self, untagged: Iterable[Response]) -> None:
        """Write everything an IDLE has to tell at once."""
        await self._write(untagged)

    async def _write(self, responses: Iterable[Response]) -> None:
        whole = BytesIO()
        for response in responses:
            await response.async_write(whole)
        if not self.writer.is_closing():
            self.writer.write(whole.getvalue())
            await self.writer.drain()


class MailStore:
    """All accounts with their folders, and the talk with a client about them."""

    def __init__(self, accounts: Mapping[str, str]) -> None:
        """Make the accounts.

        Args:
            accounts: password by mail address, which is the login name.
        """
        self._config = Config(
            Namespace(),
            host=None,
            port=0,
            demo_data=False,
            demo_user="",
            demo_password="",
            tls_enabled=False,
            # Given so that pymap does not look for certificate files in the environment; TLS is not offered.
            ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
            proxy_protocol=ProxyProtocolVersion.get("noop"),
            # A real password hash costs half a second at each login, and threads of its own.
            hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
            invalid_user_sleep=0.0,
        )
        self._login = Login(self._config)
        self._folders = {address: Folders() for address in accounts}
        for address, password in accounts.items():
            self._login.users_dict[address] = UserMetadata(self._config, address, password=password)
            self._config.set_cache[address] = (self._folders[address], FilterSet())

    async def talk(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Serve one client from the greeting to the end of its connection."""
        try:
            connection = Connection(
                self._config.commands, self._config, reader, writer, SocketInfo.get(writer, None, unique_id=b"imap")
            )
            async with AsyncExitStack() as stack:
                connection_exit.set(stack)
                stack.enter_context(closing(connection))
                await connection.run(ConnectionState(self._login, self._config))
        except (ConnectionError, EOFError):
            writer.close()

    async def put(self, address: str, raw: bytes, when: datetime) -> None:
        """Put a mail into an account's INBOX, byte for byte, and wake whoever waits for it."""
        inbox = await self._folders[address].get_mailbox("INBOX")
        await inbox.append(AppendMessage(raw, when), recent=True)
