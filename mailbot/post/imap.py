r"""One IMAP connection: list, fetch without a trace, settle what is safely kept, file a copy, and wait for news.

Four rules, each the scar of somebody's lost mail: `\Seen` is never set on what came and never read; a plain EXPUNGE
is never sent; a UID counts only together with its UIDVALIDITY; and nothing a sender chose ever stands in a SEARCH.
"""

from __future__ import annotations

import imaplib
import logging
import re
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from imap_tools import BaseMailBox, ImapToolsError

from mailbot.errors import PostUnavailable
from mailbot.post import imap_fetch, imap_sent, imap_session, imap_settle
from mailbot.post.account import Account, opened
from mailbot.post.fetched import FetchAnswer, FetchedMail, Listing, Settled
from mailbot.post.trouble import unavailable

INBOX = "INBOX"
# One IDLE lasts at most this long: a dead line or a mute server is noticed by the question that follows.
IDLE_SECONDS = 55.0
NOOP_EVERY_SECONDS = 10.0
# A server that says BYE so often in a row over what it is asked for is not well: it is left for a later pass.
MOST_GOODBYES = 10

_OUR_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.+_=/-]+@[A-Za-z0-9.-]+>")
_log = logging.getLogger(__name__)


class Mailbox:
    """A logged-in IMAP connection, as a context manager; one thread at a time may use it.

    Every method raises `PostUnavailable`, with a sentence for the operator, when the server cannot be reached, breaks
    the line or says NO; `credentials` is set on it when the login was refused. After a broken line the connection is
    closed for good: open a new one. Only where the server hangs up over a mail that it cannot give, `fetch` comes back.
    """

    def __init__(self, account: Account) -> None:
        """Remember the account; `with` connects."""
        self.account = account
        self._box: BaseMailBox | None = None
        self._capabilities: frozenset[str] = frozenset()
        self._selected: imap_session.Selected | None = None
        # What `wait` compares with: by folder, its UIDVALIDITY and the highest UID that was listed.
        self._known: dict[str, tuple[int, int]] = {}
        # Folders that were listed or made on this connection.
        self._there: set[str] = set()
        # Whether the server itself ended the last talk, and how often in a row it did so over a FETCH.
        self._dismissed = False
        self._in_a_row = 0

    def __enter__(self) -> Self:
        """Connect, log in, and ask what the server can do *now*: many tell only after the login."""
        opened(self.account, self._begin)
        return self

    def _begin(self, account: Account) -> None:
        """Connect and log in."""
        with self._talking("connecting"):
            self._box = imap_session.connect(account)
        try:
            with self._talking("logging in"):
                imap_session.log_in(self._box, account)
                self._capabilities = imap_session.capabilities(self._box)
        except BaseException:
            self._hang_up()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Log out, if there is still a connection."""
        if self._box is not None:
            with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                self._box.logout()
        self._hang_up()

    def break_off(self) -> None:
        """Break the line, from any thread: whoever waits on it hears at once that the server is gone."""
        if (box := self._box) is not None:
            imap_session.break_off(box)

    def list_uids(self, folder: str = INBOX, *, above: int = 0) -> Listing:
        """List the mails of a folder, seen or not, ascending by UID.

        Args:
            folder: the folder's full name on the server.
            above: list only UIDs greater than this; 0 lists all.
        """
        with self._talking(f"listing {folder}"):
            selected = self._select(folder, readonly=True, anew=True)
            found = imap_fetch.uids_from(self._client, above + 1) if selected.exists else ()
            taken_away = imap_session.told_gone(self._client)
        # "n:*" always includes the last mail, even one below n (RFC 9051, sequence-set).
        uids = tuple(uid for uid in found if uid > above)
        self._known[folder] = (selected.uid_validity, max([selected.uid_next - 1, above, *found[-1:]]))
        return Listing(
            folder=folder,
            uid_validity=selected.uid_validity,
            uids=uids,
            uid_next=self._known[folder][1] + 1,
            whole=above > 0 or len(found) + taken_away >= selected.exists,
        )

    def fetch(self, folder: str, uids: Collection[int], *, size_limit_bytes: int) -> Iterator[FetchedMail]:
        r"""Fetch mails whole and in batches, without setting `\Seen`; of larger ones only the headers (`truncated`).

        A mail that is gone meanwhile does not come out, nor does one the server will not give: later looks tell the
        two apart. Memory holds one batch at a time (8 MiB, or one mail).

        Args:
            folder: the folder's full name on the server.
            uids: which mails; the order they come out in is not promised.
            size_limit_bytes: the largest size, as stated by the server, that is fetched whole.
        """
        for asked in imap_fetch.slices(sorted(uids), imap_fetch.UIDS_PER_COMMAND):
            answers = self._ask(folder, asked, imap_fetch.SIZES, f"asking for sizes in {folder}")
            sizes = {uid: answer.size_bytes or 0 for uid, _, answer in answers}
            small = [uid for uid in asked if sizes.get(uid, 0) <= size_limit_bytes]
            large = [uid for uid in asked if sizes.get(uid, 0) > size_limit_bytes]
            for batch in imap_fetch.batches(small, sizes):
                yield from self._fetch_batch(folder, batch, truncated=False)
            for batch in imap_fetch.slices(large, imap_fetch.MAILS_PER_FETCH):
                yield from self._fetch_batch(folder, batch, truncated=True)

    def _fetch_batch(self, folder: str, uids: Sequence[int], *, truncated: bool) -> Iterator[FetchedMail]:
        """Fetch one batch and make values of what came."""
        items = imap_fetch.HEADER_ONLY if truncated else imap_fetch.WHOLE
        for uid, uid_validity, answer in self._ask(folder, uids, items, f"fetching from {folder}"):
            raw = answer.body or b""
            stated = len(raw) if answer.size_bytes is None else answer.size_bytes
            if not truncated and stated != len(raw):
                _log.warning("UID %d in %s: the server states %d bytes, %d came", uid, folder, stated, len(raw))
            yield FetchedMail(
                folder=folder,
                uid_validity=uid_validity,
                uid=uid,
                size_bytes=stated,
                # Where the server gives no usable date, the moment we read the mail is the best that is known.
                internal_date=answer.internal_date or datetime.now(UTC),
                raw=raw,
                truncated=truncated,
            )

    def _ask(self, folder: str, uids: Sequence[int], items: str, doing: str) -> Iterator[tuple[int, int, FetchAnswer]]:
        """Ask for mails, and give what came: its UID, the UIDVALIDITY it came under, the answer.

        Over a mail that it cannot read itself Dovecot says BYE to the whole FETCH and hangs up, at each look anew. So
        we come back, and ask for each mail by itself: only the odd one stays away.
        """
        try:
            with self._talking(doing):
                selected = self._select(folder, readonly=True)
                found = imap_fetch.ask_each(self._client, uids, items)
        except PostUnavailable:
            if not self._dismissed or self._in_a_row == MOST_GOODBYES:
                raise
            self._in_a_row += 1
            _log.warning("the server hung up over UID %s in %s", imap_fetch.uid_set(uids), folder)
            opened(self.account, self._begin)
            for uid in uids if len(uids) > 1 else ():
                yield from self._ask(folder, [uid], items, doing)
            return
        self._in_a_row = 0 if found else self._in_a_row
        yield from ((uid, selected.uid_validity, answer) for uid, answer in found.items())

    def settle(self, folder: str, uids: Collection[int], *, uid_validity: int, keep_in: str | None) -> Settled:
        r"""After the commit: move kept mails out of the way, or mark them, as gently as the server allows.

        UID MOVE where there is one; else COPY, UID STORE `\Deleted` and UID EXPUNGE where there is UIDPLUS; else the
        keyword `$Mailbot` where keywords are kept; else nothing. Nothing depends on it: a mail that stays is known by
        its UID. If the folder has another UIDVALIDITY by now, the UIDs mean other mails and nothing is done.

        Args:
            folder: where the mails are.
            uids: which mails; ones already gone do no harm.
            uid_validity: the UIDVALIDITY under which they were listed.
            keep_in: the folder to move them to, made if it is not there; None only marks them.
        """
        with self._talking(f"settling mail in {folder}"):
            try:
                selected = self._select(folder, readonly=False)
            except imaplib.IMAP4.readonly:
                return Settled.LEFT
            if selected.uid_validity != uid_validity or not uids:
                return Settled.LEFT
            return imap_settle.settle(
                self._open, selected, sorted(uids), keep_in=keep_in, capabilities=self._capabilities
            )

    def append(self, folder: str, raw: bytes) -> None:
        r"""File a copy of a letter that went out (as `\Seen`: nobody has to read it), making the folder if need be."""
        with self._talking(f"filing a copy in {folder}"):
            imap_session.make_folder(self._open, folder)
            self._open.append(raw, folder, dt=datetime.now(UTC), flag_set=[r"\Seen"])

    def sent_folder(self, *, make: bool = False) -> str | None:
        r"""Name the folder for sent mail: the one marked `\Sent` (RFC 6154), else one with a usual name, else None.

        Args:
            make: where there is none, make one, called Sent; None if the server lets nobody make it.
        """
        with self._talking("listing folders"):
            found = imap_sent.sent_folder(self._open.folder.list())
            if found is None and make:
                found = imap_sent.made(self._open, self._capabilities)
        return found

    def copies_held(self, folder: str, message_id: str) -> int:
        """Count the copies of a letter of our own in a folder, by the Message-ID we made for it; 0 without the folder.

        Raises:
            ValueError: the Message-ID has not the plain shape of ours; a foreign one never goes into a SEARCH.
        """
        if not _OUR_MESSAGE_ID.fullmatch(message_id):
            raise ValueError(f"not a Message-ID of ours: {message_id!r}")
        with self._talking(f"looking for a letter in {folder}"):
            if folder not in self._there and not self._open.folder.exists(folder):
                return 0
            self._there.add(folder)
            self._select(folder, readonly=True, anew=True)
            return len(self._open.uids(f'HEADER Message-ID "{message_id}"', charset=None))

    def wait(self, timeout_seconds: float, folder: str = INBOX) -> bool:
        """Wait until something is newer than what this connection knows of the folder; False after the time-out.

        It knows what it last listed, or last waited for with success; if neither, what is there when the wait begins.
        So a watch that keeps one connection open misses nothing between two waits.

        Uses IDLE where there is one, a NOOP every ten seconds where not, and asks the server afterwards whatever IDLE
        told: an event can get lost between the lines, the answer to a question cannot.
        """
        deadline = time.monotonic() + timeout_seconds
        with self._talking(f"waiting for mail in {folder}"):
            while not (news := self._has_news(folder)) and (left := deadline - time.monotonic()) > 0:
                if "IDLE" not in self._capabilities:
                    imap_session.readable(self._client, min(left, NOOP_EVERY_SECONDS))
                elif not imap_session.idle(self._open, min(left, IDLE_SECONDS)):
                    self._capabilities -= {"IDLE"}
        return news

    def _has_news(self, folder: str) -> bool:
        """Ask for UIDs above the highest known one; of what "n:*" brings only those count."""
        selected = self._select(folder, readonly=True)
        uid_validity, highest = self._known.setdefault(folder, (selected.uid_validity, selected.uid_next - 1))
        self._client.noop()
        imap_session.told_of_mail(self._client)  # what was told so far, the search below sees
        newest = self._newest(highest)
        if newest == highest and imap_session.told_of_mail(self._client):
            # What came while the server searched is told behind its answer, once: no IDLE would tell it again.
            newest = self._newest(highest)
        self._known[folder] = (selected.uid_validity, newest)
        return uid_validity != selected.uid_validity or newest > highest

    def _newest(self, known: int) -> int:
        """Return the highest UID of the open folder, or the one that is known if there is nothing above it."""
        return max([known, *map(int, self._open.uids(f"UID {known + 1}:*", charset=None))])

    def _select(self, folder: str, *, readonly: bool, anew: bool = False) -> imap_session.Selected:
        r"""Open a folder unless it is open already; reading uses EXAMINE, so that not even `\Recent` changes."""
        selected = self._selected
        if anew or selected is None or selected.folder != folder or (selected.readonly and not readonly):
            self._selected = None
            selected = self._selected = imap_session.select(self._open, folder, readonly=readonly)
        return selected

    @property
    def _open(self) -> BaseMailBox:
        """The connection, which is there between `__enter__` and the first break of the line."""
        if self._box is None:
            raise PostUnavailable(f"The connection to IMAP server {self.account.where} is closed; open a new one.")
        return self._box

    @property
    def _client(self) -> imaplib.IMAP4:
        return self._open.client

    @contextmanager
    def _talking(self, doing: str) -> Iterator[None]:
        """Turn any failure of the talk into one sentence, and hang up where we may be out of step with the server."""
        try:
            yield
        except (ImapToolsError, OSError, EOFError, ValueError, imaplib.IMAP4.error) as error:
            self._dismissed = self._box is not None and imap_session.said_goodbye(self._box)
            if not isinstance(error, ImapToolsError):
                self._hang_up()
            raise unavailable("IMAP", self.account, doing, error) from error

    def _hang_up(self) -> None:
        box, self._box, self._selected = self._box, None, None
        if box is not None:
            imap_session.hang_up(box)
