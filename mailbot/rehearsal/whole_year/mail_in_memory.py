"""Mail without a wire: every account's inbox in memory, for a year that is rehearsed in seconds and reaches nobody."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.errors import Refused
from mailbot.post.fetched import FetchedMail, Listing, Settled
from mailbot.rehearsal.submission import Proof, base_address, from_addresses, stamped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

_INBOX, _SENT = "INBOX", "Sent"


@dataclass(slots=True)
class MailInMemory:
    """What lies in each account's inbox, byte for byte as a server would have delivered it; a way in and a way out.

    As at the embedded server, an unknown recipient is refused, and what was found out about the sender stands on top.
    """

    accounts: Collection[str]
    """Mail addresses in small letters."""
    now: Callable[[], datetime]
    inboxes: dict[str, list[FetchedMail]] = field(default_factory=dict)

    def send(self, sender: str, recipient: str, raw: bytes, *, before_data: Callable[[], None]) -> str:
        """Put a mail into its recipient's inbox.

        Raises:
            Refused: nobody of that address is here.
        """
        account = base_address(recipient)
        if account not in self.accounts:
            raise Refused(permanent=True, code=550, reply=f"5.1.1 <{recipient}>: User unknown")
        before_data()
        owned = from_addresses(raw) == [base_address(sender)]
        proof = Proof(dmarc="pass" if owned else "fail", spf="pass")
        mail = stamped(raw, sender=sender, recipient=recipient, proof=proof, now=self.now())
        inbox = self.inboxes.setdefault(account, [])
        inbox.append(
            FetchedMail(
                folder=_INBOX,
                uid_validity=1,
                uid=len(inbox) + 1,
                size_bytes=len(mail),
                internal_date=self.now(),
                raw=mail,
                truncated=False,
            )
        )
        return "250 2.0.0 Ok"

    def courier(self) -> AbstractContextManager[MailInMemory]:
        """Open the way out."""
        return nullcontext(self)

    def mailbox(self, address: str) -> AbstractContextManager[InboxInMemory]:
        """Open one account's mailbox."""
        return nullcontext(InboxInMemory(self.inboxes.setdefault(base_address(address), [])))


@dataclass(frozen=True, slots=True)
class InboxInMemory:
    """One account's mailbox; nothing in it is ever moved or marked, and a copy of what was sent is not kept."""

    mails: list[FetchedMail]

    def list_uids(self, folder: str, *, above: int = 0) -> Listing:
        """List a folder."""
        uids = tuple(mail.uid for mail in self.mails[above:]) if folder == _INBOX else ()
        return Listing(folder=folder, uid_validity=1, uids=uids)

    def fetch(self, folder: str, uids: Collection[int], *, size_limit_bytes: int) -> Iterator[FetchedMail]:
        """Fetch mails whole, whatever their size: what is rehearsed comes from staff who mean well."""
        del size_limit_bytes
        yield from (self.mails[uid - 1] for uid in sorted(uids) if folder == _INBOX)

    def settle(self, folder: str, uids: Collection[int], *, uid_validity: int, keep_in: str | None) -> Settled:
        """Leave everything where it is."""
        del folder, uids, uid_validity, keep_in
        return Settled.LEFT

    def append(self, folder: str, raw: bytes) -> None:
        """Keep no copy: the ledger holds every letter."""
        del folder, raw

    def sent_folder(self, *, make: bool = False) -> str | None:
        """Name the folder for sent mail."""
        del make
        return _SENT

    def copies_held(self, folder: str, message_id: str) -> int:
        """Hold none."""
        del folder, message_id
        return 0
