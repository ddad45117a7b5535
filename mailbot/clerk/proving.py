"""Step 4 of the walk: a mail is read, and where our server has not proved its sender, his signature is checked.

The check asks the DNS, which may answer otherwise tomorrow. So it is made once for a mail, and what it found is kept in
the inbox before anything is decided by it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailbot.core.model.mail import Proof
from mailbot.reading.mail import read_mail
from mailbot.reading.proof.dkim_check import signing_domain

if TYPE_CHECKING:
    from mailbot.clerk.parts import Clerk
    from mailbot.core.model.mail import Mail
    from mailbot.ledger.values import InboxMail
    from mailbot.reading.limits import MailLimits


def read_proved(clerk: Clerk, kept: InboxMail, limits: MailLimits) -> Mail:
    """Read a kept mail, its sender proved by whatever there is; never raises for anything the sender wrote."""
    raw = clerk.ledger.inbox.raw(kept.id)
    read = partial(
        read_mail,
        raw,
        received_at=kept.received_at,
        own_addresses=clerk.office.own_addresses,
        authserv_ids=clerk.believes(kept.account),
        limits=limits,
    )
    mail = read(signed_by=kept.signed_by or "")
    if clerk.look_up_txt is None or kept.signed_by is not None or not _asks_for_proof(clerk, kept, mail):
        return mail
    signer = signing_domain(raw, received_at=kept.received_at, limits=limits, dns=clerk.look_up_txt)
    # A signed mail that came before and comes again in other clothes proves nothing: what is not signed was changed.
    signer = "" if signer and clerk.ledger.inbox.is_repeated(kept) else signer
    clerk.ledger.inbox.note_signer(kept.id, signer)
    return read(signed_by=signer) if signer else mail


def _asks_for_proof(clerk: Clerk, kept: InboxMail, mail: Mail) -> bool:
    """Say whether a check could matter: a whole mail by a listed person that our server has not proved.

    A stranger makes us look up nothing.
    """
    if mail.proof is not Proof.NONE or mail.automatic is not None or kept.truncated or not mail.sender:
        return False
    day = clerk.office.calendar.local(kept.received_at).date()
    return bool(clerk.office.roster.senders(mail.sender, day))
